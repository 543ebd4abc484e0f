using System;

static class Program
{
    static void Main(string[] customer)
    {
        Console.WriteLine(ChatToken.Of(customer[0], customer[1], customer[2]));
    }
}
