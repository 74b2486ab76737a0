import type {
  CatalogItem,
  Engine,
  Guest,
  Page,
  Problem,
  Session,
  SessionRequest,
  Upload,
} from './types';

/** The server's refusal, or `status` 0 when it could not be reached. */
export class ApiError extends Error {
  constructor(
    readonly status: number,
    readonly problem: Problem,
  ) {
    super(problem.detail ?? problem.title ?? `HTTP ${status}`);
    this.name = 'ApiError';
  }

  /** How long the server asks to wait, if it does. */
  get retryAfterMillis(): number | undefined {
    return this.problem.retryAfterMs;
  }
}

/** Where a guest's token is remembered between visits. */
export interface TokenStore {
  load(): Guest | undefined;
  save(guest: Guest | undefined): void;
}

export interface ApiSettings {
  /** Scheme, host and port, without a slash at the end. */
  readonly origin: string;
  readonly tokens: TokenStore;
  readonly fetch?: typeof fetch;
  /** Milliseconds since 1970. */
  readonly now?: () => number;
}

/** The REST half of the API. Guests are made on the first call that needs one, and again when a token is refused. */
export class TryOnApi {
  readonly #settings: ApiSettings;
  readonly #fetch: typeof fetch;
  readonly #now: () => number;
  #guest: Guest | undefined;
  #joining: Promise<Guest> | undefined;

  constructor(settings: ApiSettings) {
    this.#settings = settings;
    this.#fetch = settings.fetch ?? fetch.bind(globalThis);
    this.#now = settings.now ?? Date.now;
    this.#guest = settings.tokens.load();
  }

  async engines(): Promise<readonly Engine[]> {
    return this.#all<Engine>('/engines');
  }

  async engine(id: string): Promise<Engine> {
    return this.#call<Engine>('GET', `/engines/${encodeURIComponent(id)}`);
  }

  async catalog(engine: string): Promise<readonly CatalogItem[]> {
    return this.#all<CatalogItem>(`/engines/${encodeURIComponent(engine)}/catalog`);
  }

  async createSession(request: SessionRequest): Promise<Session> {
    return this.#call<Session>('POST', '/sessions', JSON.stringify(request), {
      'Content-Type': 'application/json',
      'Idempotency-Key': crypto.randomUUID(),
    });
  }

  async endSession(id: string): Promise<void> {
    await this.#call('DELETE', `/sessions/${encodeURIComponent(id)}`);
  }

  async upload(file: Blob, purpose: string): Promise<Upload> {
    const form = new FormData();
    form.set('purpose', purpose);
    form.set('file', file);
    return this.#call<Upload>('POST', '/uploads', form, { 'Idempotency-Key': crypto.randomUUID() });
  }

  /** The addresses of a session's socket: with its ticket for the first time, and without for coming back. */
  webSocketAddresses(session: Session): { ticketAddress: string; resumeAddress: string } {
    const address = new URL(session.webSocket.path, this.#settings.origin);
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
      const page = await this.#call<Page<Item>>('GET', path + query);
      items.push(...page.items);
      cursor = page.nextCursor;
    } while (cursor);
    return items;
  }

  async #call<Answer>(
    method: string,
    path: string,
    body?: BodyInit,
    headers: Record<string, string> = {},
  ): Promise<Answer> {
    const guest = await this.#join();
    const answer = await this.#send(method, path, body, headers, guest);
    if (answer.status !== 401) {
      return read<Answer>(answer);
    }
    this.#forget(guest);
    return read<Answer>(await this.#send(method, path, body, headers, await this.#join()));
  }

  async #join(): Promise<Guest> {
    const guest = this.#guest;
    if (guest && Date.parse(guest.expiresAt) - this.#now() > 60_000) {
      return guest;
    }
    this.#joining ??= this.#send('POST', '/guests', undefined, {}, undefined)
      .then((answer) => read<Guest>(answer))
      .then((fresh) => {
        this.#guest = fresh;
        this.#settings.tokens.save(fresh);
        return fresh;
      })
      .finally(() => {
        this.#joining = undefined;
      });
    return this.#joining;
  }

  #forget(guest: Guest): void {
    if (this.#guest === guest) {
      this.#guest = undefined;
      this.#settings.tokens.save(undefined);
    }
  }

  async #send(
    method: string,
    path: string,
    body: BodyInit | undefined,
    headers: Record<string, string>,
    guest: Guest | undefined,
  ): Promise<Response> {
    try {
      return await this.#fetch(`${this.#settings.origin}/api/v1${path}`, {
        method,
        headers: {
          Accept: 'application/json, application/problem+json',
          ...(guest ? { Authorization: `Bearer ${guest.token}` } : {}),
          ...headers,
        },
        ...(body === undefined ? {} : { body }),
      });
    } catch {
      throw new ApiError(0, { title: 'The server could not be reached.', recoverable: true });
    }
  }
}

async function read<Answer>(answer: Response): Promise<Answer> {
  const text = await answer.text();
  if (answer.ok) {
    return (text === '' ? undefined : JSON.parse(text)) as Answer;
  }
  let problem: Problem = {};
  try {
    problem = JSON.parse(text) as Problem;
  } catch {
    // A proxy's own page of HTML says nothing that a person could use.
  }
  const seconds = Number(answer.headers.get('Retry-After'));
  throw new ApiError(answer.status, {
    ...(seconds > 0 ? { retryAfterMs: seconds * 1000 } : {}),
    ...problem,
  });
}
