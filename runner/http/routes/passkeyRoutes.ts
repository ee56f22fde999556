import type { FastifyInstance } from 'fastify';
import type { AnswerPasskeyRequest, PasskeyView } from '../../../contract';
import type { PasskeyStatus } from '../../whatsapp/passkey/PasskeyExchange';
import { addRoute } from '../addRoute';
import type { HttpParts } from '../HttpParts';
import { sessionOf } from '../instanceOf';
import { ANSWER_PASSKEY_BODY, PASSKEY_VIEW } from '../schemas/linking';

/** Linking an account with a passkey: WhatsApp's challenge out, a browser's assertion in. */
export function addPasskeyRoutes(server: FastifyInstance, parts: HttpParts): void {
	const common = { tag: 'Instance' } as const;
	const response = { 200: PASSKEY_VIEW };

	addRoute(server, 'getPasskey', {
		...common,
		schema: { response },
		handler: (request) => toView(sessionOf(parts, request).passkey.read()),
	});

	addRoute<{ Body: AnswerPasskeyRequest }>(server, 'answerPasskey', {
		...common,
		schema: { body: ANSWER_PASSKEY_BODY, response },
		handler: async (request) =>
			toView(await sessionOf(parts, request).passkey.answer(request.body.assertion)),
	});

	addRoute(server, 'confirmPasskey', {
		...common,
		schema: { response },
		handler: async (request) => toView(await sessionOf(parts, request).passkey.confirm()),
	});
}

function toView({ stage, options, code, expiresAt }: PasskeyStatus): PasskeyView {
	return { stage, options, code, expiresAt: new Date(expiresAt).toISOString() };
}
