import type { FastifyInstance } from 'fastify';
import { toBuffer } from 'qrcode';
import { toNumber, toRecipient, type PairingCode, type QrCode } from '../../../contract';
import { ApiError } from '../../ApiError';
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
			const { qr, expiresAt } = await sessionOf(parts, request).waitForQr({
				timeoutMs: request.query.wait * 1000,
				signal: AbortSignal.any([toHangUpSignal(reply.raw), parts.readiness.stopSignal]),
			});
			const png = await toBuffer(qr, { type: 'png', margin: 4, scale: 6 });
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

/** JSON unless the caller asks for an image and not for JSON. */
function wantsPng(accept: string | undefined): boolean {
	return /\bimage\/(png|\*)/i.test(accept ?? '') && !/\bapplication\/json\b/i.test(accept ?? '');
}
