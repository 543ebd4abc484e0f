module signet-example

go 1.19
