/** Under this name the browser keeps what the composer has besides its text. */
export const keptName = (owner: string) => `files_${owner}`
