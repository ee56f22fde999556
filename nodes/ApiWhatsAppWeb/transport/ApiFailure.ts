import type { ErrorCode } from '../../../contract';
import { ERRORS } from '../../../contract';
import { toRemedy } from './toRemedy';

interface FailureDetails {
	/** What to do about it. */
	hint: string;
	/** Row of the error table; absent for what happens outside of the API, such as no connection. */
	code?: ErrorCode;
	/** HTTP status of the answer; absent when there was none. */
	status?: number;
	/** Whether a request was made: tells a failed call from a refused input. */
	isRemote?: boolean;
	/** Whether nobody took the call, so that nothing can have come of it. */
	isUnheard?: boolean;
}

/** A call that failed, or that was refused before it was made. Carries no key, number or text. */
export class ApiFailure extends Error {
	readonly hint: string;
	readonly code?: ErrorCode;
	readonly status?: number;
	readonly isRemote: boolean;
	readonly isUnheard: boolean;

	constructor(message: string, details: FailureDetails) {
		super(message);
		this.name = 'ApiFailure';
		this.hint = details.hint;
		this.code = details.code;
		this.status = details.status;
		this.isRemote = details.isRemote ?? false;
		this.isUnheard = details.isUnheard ?? false;
	}
}

/** An input refused here for the reason the API would give, so that no request is needed. */
export function toRefusal(code: ErrorCode): ApiFailure {
	return new ApiFailure(ERRORS[code].error, { code, hint: toRemedy(code) });
}
