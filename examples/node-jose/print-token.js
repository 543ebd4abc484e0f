const { chatToken } = await import(process.env.SIGNET_PRIVATE_KEY ? './public-key-token.js' : './chat-token.js')

const [id, name, email] = process.argv.slice(2)
console.log(await chatToken({ id, name, email }))
