import { ERRORS } from '../../contract';
import { toMarkdownTable } from './toMarkdownTable';

/** Every error the API can answer with, by status. */
export function toErrorTable(): string {
	const rows = Object.entries(ERRORS)
		.sort(([, a], [, b]) => a.status - b.status)
		.map(([code, { status, error, hint, retryable }]) => [
			String(status),
			`\`${code}\``,
			error,
			hint,
			retryable ? 'yes' : '',
		]);
	return toMarkdownTable(['Status', '`code`', '`error`', '`hint`', 'Try again as it is'], rows);
}
