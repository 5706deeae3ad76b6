// What the house says when mail, or a scheduled mail, cannot be what was asked for.
export const mailErrors = {
  'mail.unavailable': {
    zh: '邮件暂时发不出去，请稍后再试',
    en: 'Mail cannot be sent at the moment. Try again later',
  },
  'email.taken': {
    zh: '这个邮箱已由另一个会员验证，请换一个，或用那个会员登录',
    en: 'Another member has proved this e-mail address. Use another one, or sign in as that member',
  },
  'schedule.not_found': { zh: '没有这个邮件订阅', en: 'There is no such scheduled mail' },
  'schedule.changed': {
    zh: '这个邮件订阅刚被别人改过。请看过最新内容再改',
    en: 'Somebody has just changed this scheduled mail. Look at it as it is now, then change it',
  },
  'schedule.too_many': {
    zh: '邮件订阅已达上限[（{most} 个）]。请先删除不用的',
    en: 'There are as many scheduled mails as there may be[ ({most})]. Delete one that is not needed',
  },
  'schedule.recipient_unfit': {
    zh: '有收件人已停用或看不了数据。请去掉后再保存',
    en: 'A recipient has a closed account or may not see figures. Take them off and save again',
  },
  'schedule.file_not_found': {
    zh: '没有这个文件：它没有生成、已过 35 天，或不是给您的',
    en: 'There is no such file: it was not made, is older than 35 days, or is not yours',
  },
} as const;
