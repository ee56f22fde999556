import { ApiError } from '../ApiError';
import type { Clock } from '../Clock';
import type { LiveQrCode } from './SessionPort';

/** A code with less time left is not worth scanning when the caller can wait for the next one. */
const WORTH_SCANNING_MS = 5_000;

/** Hands the current QR code to whoever waits for one. */
export class QrDesk {
	private current: LiveQrCode | undefined;
	private readonly waiters = new Set<(code: LiveQrCode | ApiError) => void>();

	constructor(private readonly clock: Clock) {}

	show(code: LiveQrCode): void {
		this.current = code;
		this.answer(code);
	}

	/** The code no longer links. With a reason no other will come, and whoever waits is told. */
	clear(reason?: ApiError): void {
		this.current = undefined;
		if (reason) this.answer(reason);
	}

	/** A valid code, or ApiError `qr_not_ready` after the timeout or when the caller gives up. */
	async wait(options: { timeoutMs: number; signal?: AbortSignal }): Promise<LiveQrCode> {
		const remainingMs = (this.current?.expiresAt ?? 0) - this.clock.now();
		const isWorthIt = remainingMs > WORTH_SCANNING_MS || options.timeoutMs < remainingMs;
		if (this.current && remainingMs > 0 && isWorthIt) return this.current;
		if (options.signal?.aborted) throw new ApiError('qr_not_ready');
		const { promise, resolve } = Promise.withResolvers<LiveQrCode | ApiError>();
		const giveUp = () => resolve(new ApiError('qr_not_ready'));
		this.waiters.add(resolve);
		const timer = this.clock.setTimer(giveUp, options.timeoutMs);
		options.signal?.addEventListener('abort', giveUp);
		try {
			const answer = await promise;
			if (answer instanceof ApiError) throw answer;
			return answer;
		} finally {
			this.waiters.delete(resolve);
			timer.cancel();
			options.signal?.removeEventListener('abort', giveUp);
		}
	}

	private answer(answer: LiveQrCode | ApiError): void {
		for (const resolve of this.waiters) resolve(answer);
	}
}
