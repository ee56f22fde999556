import type { ErrorCode } from '../../../contract';
import { ERRORS, isErrorCode } from '../../../contract';
import { ApiFailure } from './ApiFailure';
import type { Connection } from './Connection';
import type { ApiAnswer } from './sendRequest';
import { toRemedy } from './toRemedy';

const NO_REMEDY = 'The service says no more than this; its panel may show the reason.';
/** Who fills in the fields of a node sees no body. */
const INVALID_FIELD = 'a field of this node is not filled in as it should be';
const MAX_TEXT_LENGTH = 500;

/** Turns an answer that is not a success into a failure with its remedy. */
export function toAnswerFailure(answer: ApiAnswer, connection: Connection): ApiFailure {
	const { status, body } = answer;
	if (status >= 300 && status < 400) return toRedirectFailure(answer);
	if (!isErrorBody(body)) return toForeignFailure(answer, connection);
	const code = isErrorCode(body.code) ? body.code : toCode(body.error);
	const given = typeof body.hint === 'string' && body.hint ? body.hint : undefined;
	const hint = code ? toRemedy(code, connection.kind, given) : (given ?? NO_REMEDY);
	return new ApiFailure(code === 'invalid_body' ? INVALID_FIELD : shorten(body.error), {
		code,
		status,
		hint: shorten(hint),
		isRemote: true,
	});
}

/** An answer that no session runner gives: a login page, a proxy's error, another program's API. */
export function toForeignFailure({ status }: ApiAnswer, connection: Connection): ApiFailure {
	const { origin } = new URL(connection.baseUrl);
	const isHosted = connection.kind === 'hosted';
	return new ApiFailure(
		`What answers at ${origin} is not ${isHosted ? 'the API of the hosted service' : 'a session runner'} (HTTP ${status}, no JSON of the API)`,
		{
			status,
			isRemote: true,
			hint:
				status >= 502 && status <= 504
					? 'A proxy in between answered because the server behind it did not. Check that it runs.'
					: isHosted
						? 'Try again later; a proxy on the way may have answered in its place.'
						: 'Check the URL and port in the credential: a proxy, a login page or another program answers there.',
		},
	);
}

function toRedirectFailure({ status, headers }: ApiAnswer): ApiFailure {
	const location = typeof headers.location === 'string' ? headers.location : '';
	const target = URL.canParse(location) ? ` to ${new URL(location).origin}` : '';
	return new ApiFailure(`The address redirects${target} (HTTP ${status})`, {
		status,
		isRemote: true,
		hint: 'Set the URL in the credential to the final address. Redirects are not followed, as they would carry the API key to another server.',
	});
}

function isErrorBody(body: unknown): body is { error: string; code?: unknown; hint?: unknown } {
	return typeof (body as { error?: unknown } | null)?.error === 'string';
}

/** The hosted service sends the text alone. */
function toCode(text: string): ErrorCode | undefined {
	const row = Object.entries(ERRORS).find(([, { error }]) => error === text);
	return row?.[0] as ErrorCode | undefined;
}

function shorten(text: string): string {
	return text.length > MAX_TEXT_LENGTH ? `${text.slice(0, MAX_TEXT_LENGTH)}…` : text;
}
