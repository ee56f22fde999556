import type { FastifyInstance } from 'fastify';
import {
	toNumber,
	type RouteName,
	type SendContactRequest,
	type SendKind,
	type SendLocationRequest,
	type SendOptions,
	type SendPollRequest,
	type SendTextRequest,
} from '../../../contract';
import { ApiError } from '../../ApiError';
import type { Turn } from '../../limits/FairTurns';
import type { Draft } from '../../messages/Draft';
import { addRoute } from '../addRoute';
import type { HttpParts } from '../HttpParts';
import { instanceOf } from '../instanceOf';
import * as schemas from '../schemas/sending';
import { checkText } from '../sending/checkText';
import { sendAndAnswer } from '../sending/sendAndAnswer';
import { toIdempotency, type Keyed } from '../sending/toIdempotency';
import { requireQuoted } from '../sending/requireMessage';
import { readSendOptions, requireRecipient } from '../sending/toSubmission';
import { toHangUpSignal } from '../toHangUpSignal';

interface SendRoute<Body extends SendOptions> {
	name: RouteName;
	kind: SendKind;
	body: object;
	/** Throws ApiErrors for what the schema cannot judge. */
	toDraft: (body: Body, parts: HttpParts, turn: Turn) => () => Draft | Promise<Draft>;
}

/** Sending what is no file: texts, locations, contact cards and polls. */
export function addMessageRoutes(server: FastifyInstance, parts: HttpParts): void {
	addSendRoute<SendTextRequest>(server, parts, {
		name: 'sendText',
		kind: 'text',
		body: schemas.SEND_TEXT_BODY,
		toDraft({ message, linkPreview }, { media }, turn) {
			const text = checkText(message);
			return async () => {
				const preview = linkPreview ? await media.createLinkPreview(text, turn) : undefined;
				return { kind: 'text', text, ...(preview ? { preview } : {}) };
			};
		},
	});
	addSendRoute<SendLocationRequest>(server, parts, {
		name: 'sendLocation',
		kind: 'location',
		body: schemas.SEND_LOCATION_BODY,
		toDraft:
			({ latitude, longitude, name = null, address = null }) =>
			() => ({ kind: 'location', latitude, longitude, name, address }),
	});
	addSendRoute<SendContactRequest>(server, parts, {
		name: 'sendContact',
		kind: 'contact',
		body: schemas.SEND_CONTACT_BODY,
		toDraft({ contacts }) {
			const cards = contacts.map((card) => ({ ...card, phone: toPhone(card.phone) }));
			return () => ({ kind: 'contact', contacts: cards });
		},
	});
	addSendRoute<SendPollRequest>(server, parts, {
		name: 'sendPoll',
		kind: 'poll',
		body: schemas.SEND_POLL_BODY,
		toDraft({ question, options, selectableCount = 1 }) {
			if (selectableCount <= options.length) {
				return () => ({ kind: 'poll', question, options, selectableCount });
			}
			throw new ApiError('invalid_body', 'selectableCount is larger than the number of options.');
		},
	});
}

function addSendRoute<Body extends SendOptions>(
	server: FastifyInstance,
	parts: HttpParts,
	{ name, kind, body: schema, toDraft }: SendRoute<Body>,
): void {
	addRoute<{ Body: Body; Headers: Keyed }>(server, name, {
		tag: 'Messages',
		schema: {
			body: schema,
			headers: schemas.IDEMPOTENCY_HEADERS,
			response: schemas.SEND_RESPONSES,
		},
		async handler(request, reply) {
			const body = request.body as Body;
			const options = readSendOptions(body, (quoted) => requireQuoted(parts, request, quoted));
			const draft = toDraft(body, parts, {
				owner: instanceOf(request).id,
				signal: toHangUpSignal(reply.raw),
			});
			return await sendAndAnswer(
				parts,
				{ request: request, reply },
				{
					kind,
					...options,
					draft,
					...toIdempotency(request.headers, { route: name, where: options.jid, body }),
				},
			);
		},
	});
}

/** Digits; contact cards have no use for groups and LIDs. Throws `invalid_number`. */
function toPhone(number: number | string): string {
	const { jid, kind } = requireRecipient(number);
	if (kind !== 'phone') throw new ApiError('invalid_number', 'Contact cards hold phone numbers.');
	return toNumber(jid);
}
