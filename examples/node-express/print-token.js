import { chatToken } from './chat-token.js'

const [id, name, email] = process.argv.slice(2)
console.log(chatToken({ id, name, email }))
