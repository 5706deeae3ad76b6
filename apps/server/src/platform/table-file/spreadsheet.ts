import { Worker } from 'node:worker_threads';
import { refuse } from '../fail.ts';
import type { ThreadReply, ThreadTask } from './spreadsheet-thread.ts';

const memoryMaxMb = 320; // a workbook that needs more is refused: a CSV of any length is read in constant memory

/** The names of the sheets of a workbook, in order. Refuses import.unreadable. */
export async function listSheets(bytes: Buffer): Promise<string[]> {
  for await (const reply of ask({ bytes, sheet: undefined, rowsMax: 0 })) if ('sheets' in reply) return reply.sheets;
  return refuse('import.unreadable', { reason: 'spreadsheet_broken' });
}

/** The rows of one sheet as text, in batches, blank rows included. Refuses import.unreadable. */
export async function* readSheet(bytes: Buffer, sheet: string, rowsMax = 0): AsyncGenerator<string[][]> {
  for await (const reply of ask({ bytes, sheet, rowsMax })) if ('rows' in reply) yield reply.rows;
}

async function* ask(task: ThreadTask): AsyncGenerator<ThreadReply> {
  const thread = new Worker(new URL('./spreadsheet-thread.ts', import.meta.url), {
    workerData: task,
    resourceLimits: { maxOldGenerationSizeMb: memoryMaxMb },
  });
  try {
    for (;;) {
      const answer = nextReply(thread);
      thread.postMessage('next');
      const reply = await answer;
      if ('unreadable' in reply) refuse('import.unreadable', { reason: 'spreadsheet_broken' });
      if ('end' in reply) return;
      yield reply;
    }
  } finally {
    await thread.terminate();
  }
}

function nextReply(thread: Worker): Promise<ThreadReply> {
  return new Promise((resolve, reject) => {
    const done = () => {
      thread.off('message', onMessage);
      thread.off('error', onError);
      thread.off('exit', onExit);
    };
    const onMessage = (reply: ThreadReply) => {
      done();
      resolve(reply);
    };
    const onError = (error: Error & { code?: string }) => {
      done();
      if (error.code === 'ERR_WORKER_OUT_OF_MEMORY') resolve({ unreadable: 'too large' });
      else reject(error);
    };
    const onExit = () => {
      done();
      resolve({ unreadable: 'the reader ended' });
    };
    thread.on('message', onMessage);
    thread.on('error', onError);
    thread.on('exit', onExit);
  });
}
