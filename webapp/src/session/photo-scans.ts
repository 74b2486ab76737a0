import { ApiError, type Job, type Result, type TryOnApi, type Upload } from '../client';
import type { OptionValues } from '../looks/option-fields';
import type { ScanState } from './fabric-view';
import { troubleOf } from './trouble';

export type ScansApi = Pick<
  TryOnApi,
  'upload' | 'orderJob' | 'followJob' | 'job' | 'callOffJob' | 'result'
>;

/** What becomes of the results. */
export interface ScanShelf {
  learn(result: Result): void;
  /** Removes one for good, if it is still there. */
  removeScan(id: string): Promise<void>;
}

/** A photo to scan: a file that is yet to be sent, or one that the server has and that was scanned before. */
export type PhotoSource =
  | { readonly kind: 'file'; readonly file: Blob }
  | { readonly kind: 'upload'; readonly upload: Upload };

/** What a scan made. */
export interface Made {
  readonly result: Result;
  readonly upload: Upload;
  /** Whether the photo had been scanned before. */
  readonly again: boolean;
}

/**
 * The scans of one photo, one after the other. It is sent once; the newest scan calls the one before off, and what that made
 * is removed, so that trying corners does not fill the person's share. What was kept before these scans stays.
 */
export class PhotoScans {
  readonly #api: ScansApi;
  readonly #shelf: ScanShelf;
  readonly #source: PhotoSource;
  #sending: Promise<Upload> | undefined;
  /** What the last of these scans made. */
  #kept: string | undefined;
  #job: string | undefined;
  #run = 0;

  constructor(api: ScansApi, shelf: ScanShelf, source: PhotoSource) {
    this.#api = api;
    this.#shelf = shelf;
    this.#source = source;
  }

  /**
   * Scans the photo anew.
   *
   * @param show is told how far it is
   * @returns undefined if another scan was begun meanwhile
   * @throws ApiError if nothing came of it
   */
  async scan(
    engine: string,
    options: OptionValues,
    show: (state: ScanState) => void,
  ): Promise<Made | undefined> {
    this.close();
    const run = this.#run;
    const isNewest = () => run === this.#run;
    try {
      show({ phase: 'sending' });
      const upload = await this.#sent();
      const job = isNewest() && (await this.#ordered(engine, options, upload));
      return job ? await this.#made(job, upload, isNewest, show) : undefined;
    } catch (error) {
      if (isNewest()) {
        throw error;
      }
      return undefined;
    }
  }

  /** Calls off what is on its way; what the last scan made stays. */
  close(): void {
    this.#run += 1;
    if (this.#job !== undefined) {
      // It may be over by now: what it made is removed when that is heard.
      this.#api.callOffJob(this.#job).catch(troubleOf);
      this.#job = undefined;
    }
  }

  async #sent(): Promise<Upload> {
    if (this.#source.kind === 'upload') {
      return this.#source.upload;
    }
    const sending = (this.#sending ??= this.#api.upload(this.#source.file, 'fabric'));
    try {
      return await sending;
    } catch (error) {
      // The next scan sends it again.
      this.#sending = this.#sending === sending ? undefined : this.#sending;
      throw error;
    }
  }

  async #ordered(engine: string, options: OptionValues, upload: Upload): Promise<Job> {
    const inputs = { fabric: upload.id };
    return this.#api.orderJob({ kind: 'scan', engine, inputs, look: { options } });
  }

  async #made(
    ordered: Job,
    upload: Upload,
    isNewest: () => boolean,
    show: (state: ScanState) => void,
  ): Promise<Made | undefined> {
    const job = await this.#over(ordered, isNewest, show);
    const { resultId, problem = {} } = job;
    if (!isNewest()) {
      await (resultId !== undefined && this.#shelf.removeScan(resultId));
      return undefined;
    }
    this.#job = undefined;
    if (resultId === undefined) {
      throw new ApiError(problem.status ?? 500, problem);
    }
    const before = this.#kept;
    this.#kept = resultId;
    const again = before !== undefined || this.#source.kind === 'upload';
    try {
      const result = await this.#api.result(resultId);
      this.#shelf.learn(result);
      return { result, upload, again };
    } finally {
      // Also where the newer one cannot be had: nothing else knows of it any more.
      await (before !== undefined && this.#shelf.removeScan(before));
    }
  }

  /** Follows a job to its end. */
  async #over(
    ordered: Job,
    isNewest: () => boolean,
    show: (state: ScanState) => void,
  ): Promise<Job> {
    let job = ordered;
    const told = () => isNewest() && show({ phase: 'scanning', progress: job.progress });
    if (isNewest()) {
      this.#job = job.id;
    } else {
      this.#api.callOffJob(job.id).catch(troubleOf);
    }
    told();
    for await (const seen of this.#api.followJob(job.id)) {
      job = seen;
      told();
    }
    const heardAll = job.status !== 'queued' && job.status !== 'running';
    return heardAll ? job : this.#api.job(job.id);
  }
}
