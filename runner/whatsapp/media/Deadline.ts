import { MediaHostError } from './mediaErrors';

/** Ends a transfer when its time is up or when it is called off from outside. To be released. */
export class Deadline {
	private readonly abort = new AbortController();
	private readonly timer: NodeJS.Timeout;
	private isTimeUp = false;

	/** Throws the outer signal's reason when that is aborted already. */
	constructor(
		private readonly timeoutMs: number,
		private readonly outer: AbortSignal | undefined,
	) {
		outer?.throwIfAborted();
		this.timer = setTimeout(() => {
			this.isTimeUp = true;
			this.abort.abort();
		}, timeoutMs);
		outer?.addEventListener('abort', this.callOff, { once: true });
	}

	get signal(): AbortSignal {
		return this.abort.signal;
	}

	/** What a failure really was: an ended transfer only says that it was ended. */
	toError(error: unknown): unknown {
		if (this.outer?.aborted) return this.outer.reason;
		if (!this.isTimeUp) return error;
		const seconds = this.timeoutMs / 1000;
		return new MediaHostError(`WhatsApp's media host took longer than ${seconds} s.`, {
			cause: error,
		});
	}

	release(): void {
		clearTimeout(this.timer);
		this.outer?.removeEventListener('abort', this.callOff);
	}

	private readonly callOff = (): void => this.abort.abort();
}
