/**
 * The data of each event of a stream of server-sent events (WHATWG HTML, 9.2). Names, ids and comments are passed over.
 * Ends with the stream, however that ends.
 */
export async function* readEvents(answer: Response): AsyncGenerator<string> {
  const reader = answer.body?.pipeThrough(new TextDecoderStream()).getReader();
  let rest = '';
  try {
    for (;;) {
      const part = await reader?.read().catch(() => undefined);
      if (!part || part.done) {
        return;
      }
      const events = (rest + part.value).split(/\r?\n\r?\n/);
      rest = events.pop() ?? '';
      for (const event of events) {
        const data = dataOf(event);
        if (data !== '') {
          yield data;
        }
      }
    }
  } finally {
    await reader?.cancel().catch(() => undefined);
  }
}

function dataOf(event: string): string {
  return event
    .split(/\r?\n/)
    .flatMap((line) => (line.startsWith('data:') ? [line.slice(5).replace(/^ /, '')] : []))
    .join('\n');
}
