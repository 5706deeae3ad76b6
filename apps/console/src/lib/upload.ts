import { type Problem, RefusedError } from '@tongshang/contract';

/** Sends one file as it is and tells how much of it has left; a refusal comes as the same exception as elsewhere. */
export function sendFile(url: string, file: File, onProgress: (share: number) => void): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    const body = new FormData();
    body.append('file', file);
    request.open('POST', url);
    request.responseType = 'json';
    request.setRequestHeader('accept', 'application/json');
    request.upload.addEventListener('progress', (event) => {
      if (event.lengthComputable) onProgress(event.loaded / event.total);
    });
    request.addEventListener('error', () => reject(new TypeError('connection lost')));
    request.addEventListener('load', () => {
      if (request.status < 300) resolve(request.response);
      else if (isProblem(request.response)) reject(new RefusedError(request.response));
      else reject(new Error(`status ${request.status}`));
    });
    request.send(body);
  });
}

const isProblem = (reply: unknown): reply is Problem =>
  typeof reply === 'object' && reply !== null && 'code' in reply && 'status' in reply;
