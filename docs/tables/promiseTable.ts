import { PROMISES } from './reliability/promises';
import { toMarkdownTable } from './toMarkdownTable';

/** Each promise with the test that shows it. */
export function toPromiseTable(): string {
	const rows = PROMISES.map(({ area, promise, test }) => [
		area,
		promise,
		`[\`${test.file.replace('test/', '')}\`](../${test.file})`,
	]);
	return toMarkdownTable(['', 'Promise', 'Test'], rows);
}
