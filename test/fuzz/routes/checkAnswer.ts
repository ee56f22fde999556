import { ERRORS, isErrorCode, type RouteName } from '../../../contract';
import type { RawAnswer } from './callOnce';
import type { Operation } from './OpenApi';

/** Throws unless it is a success the document knows, or a row of the error table. */
export function checkAnswer(
	{ route, method }: { route: RouteName; method: string },
	answer: RawAnswer,
	operation: Operation,
): void {
	const { status, body } = answer;
	if (status >= 400) return checkError(answer, method);
	if (method === 'HEAD') return;
	const types = operation.responses[String(status)];
	if (!types) throw new Error(`${route} answers ${status}, which its document does not know`);
	if (types.length > 0 && !types.some((type) => isOfType(answer.contentType, type))) {
		throw new Error(`${route} answers with ${answer.contentType} instead of ${types.join(', ')}`);
	}
	if (answer.contentType.startsWith('application/json')) JSON.parse(body.toString());
}

/** What may be true of an instance that is being linked, restarted and logged out all the time. */
const IN_BETWEEN: readonly unknown[] = ['engine_down'];

/** Every error is a row of the table, as it stands there. Of a sound runner hardly any 503 is true. */
export function checkError({ status, body }: RawAnswer, method = ''): void {
	if (status >= 500 && status !== 503) {
		throw new Error(`A 5xx: ${status} ${body.toString().slice(0, 500)}`);
	}
	if (method === 'HEAD') return;
	const answer = JSON.parse(body.toString()) as Record<string, unknown>;
	const { code, error, hint } = answer;
	if (status === 503 && !IN_BETWEEN.includes(code)) throw new Error(`Not true: ${body.toString()}`);
	const isRow =
		isErrorCode(code) &&
		ERRORS[code].status === status &&
		ERRORS[code].error === error &&
		typeof hint === 'string' &&
		hint !== '' &&
		Object.keys(answer).length === 3;
	if (!isRow) throw new Error(`Not a row of the error table: ${status} ${body.toString()}`);
}

function isOfType(contentType: string, pattern: string): boolean {
	return pattern === '*/*' || contentType.split(';', 1)[0] === pattern;
}
