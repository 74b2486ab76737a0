/** What a client may do after a close. */
export type AfterClose =
  /** Connect again and go on with the same session. */
  | 'resume'
  /** The session is gone: make a new one. */
  | 'renew'
  /** Wait as told, then connect again. */
  | 'wait'
  /** Stay away: trying again cannot help. */
  | 'stop';

/** The close codes of `tryon.v1`, and the transport's own that matter. */
export const closeCodes: Readonly<Record<number, { name: string; after: AfterClose }>> = {
  1000: { name: 'session over', after: 'renew' },
  1001: { name: 'going away', after: 'resume' },
  1006: { name: 'connection lost', after: 'resume' },
  1011: { name: 'server error', after: 'resume' },
  1012: { name: 'restarting', after: 'resume' },
  4400: { name: 'malformed', after: 'stop' },
  4401: { name: 'unauthenticated', after: 'renew' },
  4403: { name: 'forbidden', after: 'stop' },
  4404: { name: 'no such session', after: 'renew' },
  4408: { name: 'silent too long', after: 'resume' },
  4409: { name: 'superseded', after: 'stop' },
  4413: { name: 'too big', after: 'stop' },
  4426: { name: 'protocol version', after: 'stop' },
  4429: { name: 'rate', after: 'wait' },
  4503: { name: 'overloaded', after: 'wait' },
};

/** What to do after a close; unknown codes are treated as a lost connection. */
export function afterClose(code: number): AfterClose {
  return closeCodes[code]?.after ?? 'resume';
}
