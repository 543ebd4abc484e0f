/** The whole of a list that comes in pages, for what is looked through rather than read. */
export async function everyPage<Row>(
  read: (query: { page?: string; limit: string }) => Promise<{ rows: Row[]; nextPage: string | null | undefined }>,
): Promise<Row[]> {
  const all: Row[] = []
  let page: string | null | undefined
  do {
    const { rows, nextPage } = await read({ limit: '200', ...(page && { page }) })
    all.push(...rows)
    page = nextPage
  } while (page)
  return all
}
