/** What one looked for and did not find. */
export const wishWords = {
  title: { zh: '告诉我们您在找什么', en: 'Tell us what you are looking for' },
  lead: { zh: '每一条我们都会看，找的人多了就会安排上架。', en: 'We read every one; what many look for comes into the shop.' },
  text: { zh: '在找什么', en: 'What is it' },
  note: { zh: '补充（选填）', en: 'Anything else (optional)' },
  noteHint: {
    zh: '品牌、尺码、用途都可以写；请不要写电话等个人信息。',
    en: 'Brand, size, what for. Please no phone number or other personal data.',
  },
  send: { zh: '告诉你们', en: 'Send' },
  missing: { zh: '写两个字以上，说明在找什么', en: 'Say in two letters or more what you are looking for' },
  tooMany: {
    zh: '今天您已经告诉我们很多了，其余的明天再说吧。',
    en: 'You told us a lot today; please tell us the rest tomorrow.',
  },
  thanks: { zh: '记下了，谢谢', en: 'Noted, thank you' },
  thanksText: { zh: '我们记下了“{text}”。', en: 'We noted “{text}”.' },
  onward: { zh: '继续逛逛', en: 'Go on shopping' },
} as const;
