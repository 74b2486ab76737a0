import { readEvents } from './event-stream';
import { GuestCalls, readWhole, type ApiSettings, type Call } from './guest-calls';
import { newId } from './new-id';
import type {
  CatalogItem,
  Engine,
  Erased,
  Job,
  JobOrder,
  MaterialTuning,
  Page,
  Result,
  ResultQuery,
  Session,
  SessionRequest,
  Upload,
} from './types';

const base = '/api/v1';

/** The REST half of the API. */
export class TryOnApi {
  readonly #calls: GuestCalls;

  constructor(settings: ApiSettings) {
    this.#calls = new GuestCalls(settings);
  }

  async engines(): Promise<readonly Engine[]> {
    return this.#all<Engine>('/engines');
  }

  async engine(id: string): Promise<Engine> {
    return this.#get<Engine>(`/engines/${encodeURIComponent(id)}`);
  }

  async catalog(engine: string): Promise<readonly CatalogItem[]> {
    return this.#all<CatalogItem>(`/engines/${encodeURIComponent(engine)}/catalog`);
  }

  async createSession(request: SessionRequest): Promise<Session> {
    return this.#create<Session>('/sessions', JSON.stringify(request), {
      'Content-Type': 'application/json',
    });
  }

  async endSession(id: string): Promise<void> {
    await this.#remove(`/sessions/${encodeURIComponent(id)}`);
  }

  async upload(file: Blob, purpose: string): Promise<Upload> {
    const form = new FormData();
    form.set('purpose', purpose);
    form.set('file', file);
    return this.#create<Upload>('/uploads', form, {});
  }

  async orderJob(order: JobOrder): Promise<Job> {
    return this.#create<Job>('/jobs', JSON.stringify(order), {
      'Content-Type': 'application/json',
    });
  }

  async job(id: string): Promise<Job> {
    return this.#get<Job>(`/jobs/${encodeURIComponent(id)}`);
  }

  /** Tells of a job whenever it has come further. Ends with the job, or earlier where the line is lost. */
  async *followJob(id: string): AsyncGenerator<Job> {
    const answer = await this.#calls.send({
      method: 'GET',
      path: `${base}/jobs/${encodeURIComponent(id)}/events`,
      headers: { Accept: 'text/event-stream, application/problem+json' },
      whose: 'holder',
    });
    for await (const data of readEvents(answer)) {
      yield JSON.parse(data) as Job;
    }
  }

  async callOffJob(id: string): Promise<void> {
    await this.#remove(`/jobs/${encodeURIComponent(id)}`);
  }

  /** One page of what the guest keeps, the newest first. */
  async results(query: ResultQuery = {}): Promise<Page<Result>> {
    const asked = Object.entries(query).map(([name, value]) => [name, String(value)]);
    const fields = new URLSearchParams(asked).toString();
    return this.#get<Page<Result>>(fields === '' ? '/results' : `/results?${fields}`);
  }

  async result(id: string): Promise<Result> {
    return this.#get<Result>(`/results/${encodeURIComponent(id)}`);
  }

  async removeResult(id: string): Promise<void> {
    await this.#remove(`/results/${encodeURIComponent(id)}`);
  }

  /** All maps of a kept scan, and what describes them, as a ZIP. */
  async materialArchive(result: string, { relief, roughness }: MaterialTuning): Promise<Blob> {
    const path = `${base}/results/${encodeURIComponent(result)}/archive?relief=${relief}&roughness=${roughness}`;
    return this.#blob({ method: 'GET', path, whose: 'holder' });
  }

  async uploadOf(id: string): Promise<Upload> {
    return this.#get<Upload>(`/uploads/${encodeURIComponent(id)}`);
  }

  /** A kept file, by the `url` that the server gave for it. @throws RangeError if that is another server's */
  async file(url: string): Promise<Blob> {
    const { origin, pathname, search } = new URL(url, this.#calls.origin);
    if (origin !== new URL(this.#calls.origin).origin) {
      throw new RangeError('a file of another server is not asked for with our token');
    }
    return this.#blob({ method: 'GET', path: pathname + search, whose: 'holder' });
  }

  /** Everything that the server holds about the guest, as a ZIP. */
  async exportMe(): Promise<Blob> {
    return this.#blob({ method: 'GET', path: `${base}/me/export`, whose: 'holder' });
  }

  /** Erases everything that the server holds about the guest, who is another one from then on. */
  async eraseMe(): Promise<Erased> {
    const call = { method: 'DELETE', path: `${base}/me`, whose: 'holder' } as const;
    const erased = await this.#json<Erased>(call);
    this.#calls.forget();
    return erased;
  }

  /** The addresses of a session's socket: with its ticket for the first time, and without for coming back. */
  webSocketAddresses(session: Session): { ticketAddress: string; resumeAddress: string } {
    const address = new URL(session.webSocket.path, this.#calls.origin);
    address.protocol = address.protocol === 'https:' ? 'wss:' : 'ws:';
    const resumeAddress = address.href;
    address.searchParams.set('ticket', session.webSocket.ticket);
    return { ticketAddress: address.href, resumeAddress };
  }

  async #all<Item>(path: string): Promise<readonly Item[]> {
    const items: Item[] = [];
    let cursor: string | null | undefined;
    do {
      const query = cursor ? `?cursor=${encodeURIComponent(cursor)}` : '';
      const page = await this.#get<Page<Item>>(path + query);
      items.push(...page.items);
      cursor = page.nextCursor;
    } while (cursor);
    return items;
  }

  async #get<Answer>(path: string): Promise<Answer> {
    return this.#json<Answer>({ method: 'GET', path: base + path, whose: 'anyone' });
  }

  async #create<Answer>(
    path: string,
    body: BodyInit,
    headers: Readonly<Record<string, string>>,
  ): Promise<Answer> {
    return this.#json<Answer>({
      method: 'POST',
      path: base + path,
      body,
      headers: { ...headers, 'Idempotency-Key': newId() },
      whose: 'anyone',
    });
  }

  async #remove(path: string): Promise<void> {
    await this.#calls.send({ method: 'DELETE', path: base + path, whose: 'holder' });
  }

  async #json<Answer>(call: Call): Promise<Answer> {
    const answer = await this.#calls.send(call);
    return readWhole(() => answer.json() as Promise<Answer>);
  }

  async #blob(call: Call): Promise<Blob> {
    const answer = await this.#calls.send(call);
    return readWhole(() => answer.blob());
  }
}
