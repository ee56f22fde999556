import type { Logger } from 'pino';
import { ApiError } from '../../ApiError';
import type { Clock, Timer } from '../../Clock';
import type { MediaFile } from '../../media/MediaFile';
import type { MediaStore } from '../../media/MediaStore';
import type { FileDownloads } from '../../messages/MessageJournal';
import type { Database } from '../../storage/Database';
import type { MediaFetcher } from '../../whatsapp/MediaFetcher';
import { downloadDelay } from './downloadDelay';
import { DownloadRepository, type FileRow } from './DownloadRepository';
import { isFinal, toDownloadError } from './toDownloadError';

/** So many files of one account are fetched at a time. */
const MAX_AT_A_TIME = 2;
/** How long one file may take: 100 MB over a slow line. */
const TRANSFER_TIMEOUT_MS = 15 * 60_000;

export interface MediaDownloadsOptions {
	instanceId: string;
	database: Database;
	media: Pick<MediaStore, 'find' | 'addWritten' | 'keep' | 'maxFileBytes'>;
	clock: Clock;
	logger: Logger;
	/** Whether files are fetched when their messages arrive, else when somebody asks for them. */
	isAutomatic: () => boolean;
}

/** A file that is wanted, once however many messages have it and however many ask. */
interface Job {
	sha256: string;
	done: PromiseWithResolvers<MediaFile>;
	isRunning: boolean;
}

/**
 * Fetches the files of one account's messages, a few at a time, while it is connected. What is still to
 * be fetched stands in the journal, so a restart goes on where it was.
 */
export class MediaDownloads implements FileDownloads {
	private readonly rows: DownloadRepository;
	private readonly jobs = new Map<string, Job>();
	/** Whose turn is next, the first of it. */
	private readonly order: string[] = [];
	private readonly failures = new Map<string, number>();
	private readonly pauses = new Map<string, Timer>();
	private running = 0;
	private source: Pick<MediaFetcher, 'fetch'> | undefined;
	private ending = new AbortController();
	private idleListeners: Array<() => void> = [];

	constructor(private readonly options: MediaDownloadsOptions) {
		this.rows = new DownloadRepository(options.database, options.instanceId);
	}

	isAutomatic(): boolean {
		return this.options.isAutomatic();
	}

	/** Connected: what is missing is fetched, the newest first. */
	attach(source: Pick<MediaFetcher, 'fetch'>): void {
		this.source = source;
		this.ending = new AbortController();
		for (const sha256 of this.rows.pending(this.options.clock.now())) this.begin(sha256);
		this.pump();
	}

	/** Disconnected: transfers end, and wait for the next connection. */
	async detach(): Promise<void> {
		this.source = undefined;
		for (const pause of this.pauses.values()) pause.cancel();
		this.pauses.clear();
		this.ending.abort(new ApiError('engine_down'));
		if (this.running > 0) await new Promise<void>((idle) => this.idleListeners.push(idle));
	}

	begin(sha256: string): void {
		if (!this.pauses.has(sha256)) this.want(sha256, 'last');
	}

	/**
	 * The file, fetched first if need be. Throws `media_not_found`, `media_gone`, `media_too_large`,
	 * `storage_unavailable`, `engine_down` when it takes longer than `timeoutMs`.
	 */
	async fetch(sha256: string, timeoutMs: number): Promise<MediaFile> {
		const stored = this.find(sha256);
		if (stored) return stored;
		const { done } = this.want(sha256, 'first');
		const late = Promise.withResolvers<never>();
		const timer = this.options.clock.setTimer(() => late.reject(stillFetching()), timeoutMs);
		try {
			return await Promise.race([done.promise, late.promise]);
		} finally {
			timer.cancel();
		}
	}

	/** The file, when this instance has it: see DownloadRepository. */
	find(sha256: string): MediaFile | undefined {
		return this.rows.isKept(sha256) ? this.options.media.find(sha256) : undefined;
	}

	private want(sha256: string, place: 'first' | 'last'): Job {
		const known = this.jobs.get(sha256);
		if (known?.isRunning) return known;
		const job = known ?? { sha256, done: Promise.withResolvers<MediaFile>(), isRunning: false };
		// Nobody may be waiting for it.
		job.done.promise.catch(() => undefined);
		this.jobs.set(sha256, job);
		if (known && place === 'first') this.order.splice(this.order.indexOf(sha256), 1);
		if (place === 'first') this.order.unshift(sha256);
		else if (!known) this.order.push(sha256);
		this.pump();
		return job;
	}

	private pump(): void {
		while (this.source && this.running < MAX_AT_A_TIME) {
			const sha256 = this.order.shift();
			const job = sha256 === undefined ? undefined : this.jobs.get(sha256);
			if (!job) return;
			job.isRunning = true;
			this.running += 1;
			void this.run(job, this.source).finally(() => {
				this.running -= 1;
				if (this.running === 0) for (const idle of this.idleListeners.splice(0)) idle();
				this.pump();
			});
		}
	}

	/** Never rejects: whoever waits for the job is told. */
	private async run(job: Job, source: Pick<MediaFetcher, 'fetch'>): Promise<void> {
		const { sha256, done } = job;
		try {
			const file = await this.download(sha256, source, this.ending.signal);
			this.forget(sha256);
			this.jobs.delete(sha256);
			done.resolve(file);
		} catch (error) {
			this.jobs.delete(sha256);
			if (this.ending.signal.aborted) return void this.resume(job);
			await this.postpone(sha256, error);
			done.reject(toDownloadError(error));
		}
	}

	/** The connection ended under it: whoever waits goes on waiting for the next one. */
	private resume(job: Job): void {
		job.isRunning = false;
		this.jobs.set(job.sha256, job);
		this.order.unshift(job.sha256);
	}

	private async download(
		sha256: string,
		source: Pick<MediaFetcher, 'fetch'>,
		signal: AbortSignal,
	): Promise<MediaFile> {
		const { media, clock, database } = this.options;
		const messages = this.rows.sourcesOf(sha256, clock.now());
		const stored = this.find(sha256);
		const file = stored ?? (await this.fetchFromAny(messages, source, signal));
		const expiresAt = Math.max(0, ...messages.map((message) => message.expiresAt));
		await database.write([
			media.keep(this.options.instanceId, sha256, expiresAt),
			this.rows.settle(sha256, 'stored'),
		]);
		return file;
	}

	/** The same file may have been sent more than once, and only the later copy still be there. */
	private async fetchFromAny(
		messages: readonly FileRow[],
		source: Pick<MediaFetcher, 'fetch'>,
		signal: AbortSignal,
	): Promise<MediaFile> {
		const { media } = this.options;
		let failure: unknown = new ApiError('media_not_found');
		for (const message of messages) {
			try {
				const { mimetype, fileName } = message;
				const limits = { maxBytes: media.maxFileBytes, timeoutMs: TRANSFER_TIMEOUT_MS, signal };
				return await media.addWritten((path) => source.fetch(message, { path, ...limits }), {
					mimetype,
					fileName,
				});
			} catch (error) {
				if (signal.aborted) throw error;
				failure = error;
			}
		}
		throw failure;
	}

	private async postpone(sha256: string, error: unknown): Promise<void> {
		const { clock, logger, database } = this.options;
		const failures = (this.failures.get(sha256) ?? 0) + 1;
		const delayMs = isFinal(error) ? undefined : downloadDelay(failures);
		if (delayMs !== undefined) {
			this.failures.set(sha256, failures);
			const resume = () => {
				this.pauses.delete(sha256);
				this.begin(sha256);
			};
			this.pauses.get(sha256)?.cancel();
			this.pauses.set(sha256, clock.setTimer(resume, delayMs));
			return;
		}
		this.forget(sha256);
		const reason = error instanceof Error ? error.name : 'unknown';
		logger.warn({ reason }, 'the file of a message could not be fetched');
		await database
			.write([this.rows.settle(sha256, 'failed')])
			// The database is gone: the next start finds the file still to be fetched.
			.catch((cause: Error) => logger.error({ err: cause.message }, 'a failure was not kept'));
	}

	/** It is there, or never will be: earlier failures count no more. */
	private forget(sha256: string): void {
		this.failures.delete(sha256);
		this.pauses.get(sha256)?.cancel();
		this.pauses.delete(sha256);
	}
}

const stillFetching = (): ApiError =>
	new ApiError(
		'engine_down',
		'The file is still being fetched from WhatsApp; try again in a minute.',
	);
