public class PrintToken {
  public static void main(String[] customer) {
    System.out.println(ChatToken.of(customer[0], customer[1], customer[2]));
  }
}
