require_relative "chat_token"

id, name, email = ARGV
puts chat_token(id, name, email)
