import type { ErrorCode } from '../../../contract';
import { ERRORS, isErrorCode } from '../../../contract';
import { ApiFailure } from './ApiFailure';
import type { Connection } from './Connection';
import type { ApiAnswer } from './sendRequest';

/** What the table's remedies, written for callers of the API, come to inside n8n. */
const NODE_REMEDIES: Partial<Record<ErrorCode, string>> = {
	invalid_api_key: 'In n8n: correct the API key in the credential.',
	instance_not_found: 'In n8n: correct the instance ID in the credential.',
	instance_not_linked:
		'In n8n: run the operation Instance → Connect and scan the QR code in its output.',
	instance_already_linked: 'In n8n: run the operation Instance → Log Out first.',
	webhook_not_set: 'In n8n: run the operation Webhook → Change URL first.',
	engine_down: 'In n8n: run the operation Instance → Restart.',
};

const MAX_TEXT_LENGTH = 500;

/** Turns an answer that is not a success into a failure with its remedy. */
export function toAnswerFailure(answer: ApiAnswer, connection: Connection): ApiFailure {
	const { status, body } = answer;
	if (status >= 300 && status < 400) return toRedirectFailure(answer);
	if (!isErrorBody(body)) return toForeignFailure(answer, connection);
	const code = isErrorCode(body.code) ? body.code : toCode(body.error);
	const hint = typeof body.hint === 'string' && body.hint ? body.hint : toTableHint(code);
	const remedy = code && connection.kind !== 'hosted' ? NODE_REMEDIES[code] : undefined;
	const texts = [hint, remedy ?? ''].filter((text) => text !== '');
	return new ApiFailure(shorten(body.error), {
		code,
		status,
		hint: shorten(texts.join(' ')),
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

function toTableHint(code: ErrorCode | undefined): string {
	return code
		? ERRORS[code].hint
		: 'The service says no more than this; its panel may show the reason.';
}

function shorten(text: string): string {
	return text.length > MAX_TEXT_LENGTH ? `${text.slice(0, MAX_TEXT_LENGTH)}…` : text;
}
