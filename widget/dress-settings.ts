/** The settings of those pages that want it to look in another way than it does. */
export const dressDefaults = {
  /** `min`, `max` or `top`. */
  size: 'min',
  bubbleSentBackground: '',
  bubbleSentTextColor: '',
  bubbleReceivedBackground: '',
  bubbleReceivedTextColor: '',
  fontSize: '',
  fontFamily: '',
  buttonFontSize: '',
  buttonBackgroundColor: '',
  buttonTextColor: '',
  buttonHoverBackgroundColor: '',
  buttonHoverTextColor: '',
}
