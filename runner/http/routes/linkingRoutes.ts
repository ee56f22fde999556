import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { toNumber, toRecipient, type PairingCode, type QrCode } from '../../../contract';
import { ApiError } from '../../ApiError';
import { toQrPng } from '../../qr/toQrPng';
import type { LiveQrCode } from '../../sessions/SessionPort';
import { addRoute } from '../addRoute';
import type { HttpParts } from '../HttpParts';
import { sessionOf } from '../instanceOf';
import * as schemas from '../schemas/linking';
import { toHangUpSignal } from '../toHangUpSignal';

/** Both ways to link a phone: a QR code to scan, a code to type. */
export function addLinkingRoutes(server: FastifyInstance, parts: HttpParts): void {
	addRoute<{ Querystring: { wait: number } }>(server, 'getQr', {
		tag: 'Instance',
		integerQuery: ['wait'],
		schema: { querystring: schemas.QR_QUERY, response: { 200: schemas.QR_RESPONSE } },
		async handler(request, reply) {
			const { qr, expiresAt } = await waitForQr(parts, request, reply);
			const png = toQrPng(qr);
			if (wantsPng(request.headers.accept)) return reply.type('image/png').send(png);
			const answer: QrCode = {
				qr,
				png: `data:image/png;base64,${png.toString('base64')}`,
				expiresAt: new Date(expiresAt).toISOString(),
			};
			return reply.send(answer);
		},
	});

	addRoute<{ Body: { number: number | string } }>(server, 'pairingCode', {
		tag: 'Instance',
		schema: { body: schemas.PAIRING_CODE_BODY, response: { 200: schemas.PAIRING_CODE } },
		async handler(request, reply) {
			const recipient = toRecipient(request.body.number);
			if (recipient?.kind !== 'phone') {
				throw new ApiError('invalid_number', 'Give the number of the phone that is to be linked.');
			}
			const phone = toNumber(recipient.jid);
			const answer: PairingCode = {
				code: await sessionOf(parts, request).requestPairingCode(phone),
			};
			return reply.send(answer);
		},
	});
}

/** Gives up when the caller hangs up, and with `runner_stopping` when the runner stops. */
async function waitForQr(
	parts: HttpParts,
	request: Pick<FastifyRequest<{ Querystring: { wait: number } }>, 'instance' | 'query'>,
	reply: FastifyReply,
): Promise<LiveQrCode> {
	const hangUp = toHangUpSignal(reply.raw);
	const { stopSignal } = parts.readiness;
	try {
		return await sessionOf(parts, request).waitForQr({
			timeoutMs: request.query.wait * 1000,
			signal: AbortSignal.any([hangUp, stopSignal]),
		});
	} catch (error) {
		if (stopSignal.aborted) throw new ApiError('runner_stopping');
		// Nobody is there to read it, and it is no fault either.
		if (hangUp.aborted) throw new ApiError('qr_not_ready');
		throw error;
	}
}

/** JSON unless the caller asks for an image and not for JSON. */
function wantsPng(accept: string | undefined): boolean {
	return /\bimage\/(png|\*)/i.test(accept ?? '') && !/\bapplication\/json\b/i.test(accept ?? '');
}
