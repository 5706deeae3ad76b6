export interface NoticeView {
  tone: 'good' | 'bad' | 'ask';
  text: string;
}

/** What has just happened, in one sentence, where it happened. */
export function Notice({ notice }: { notice: NoticeView }) {
  return (
    <p class={`notice ${notice.tone}`} role={notice.tone === 'good' ? 'status' : 'alert'}>
      {notice.text}
    </p>
  );
}
