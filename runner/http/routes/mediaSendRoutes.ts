import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { MediaOptions, RouteName, SendKind } from '../../../contract';
import { createMediaDraft } from '../../media/createMediaDraft';
import { toMediaSource } from '../../media/readMediaSource';
import { withFacts } from '../../media/withFacts';
import type { MediaDraft } from '../../messages/Draft';
import { addRoute } from '../addRoute';
import type { HttpParts } from '../HttpParts';
import { instanceOf } from '../instanceOf';
import * as schemas from '../schemas/media';
import { IDEMPOTENCY_HEADERS, SEND_RESPONSES } from '../schemas/sending';
import { acceptUploads } from '../sending/acceptUploads';
import { checkCaption } from '../sending/checkText';
import { readUpload } from '../sending/readUpload';
import { sendAndAnswer } from '../sending/sendAndAnswer';
import { toIdempotency, type Keyed } from '../sending/toIdempotency';
import { requireQuoted } from '../sending/requireMessage';
import { readSendOptions } from '../sending/toSubmission';
import { toHangUpSignal } from '../toHangUpSignal';

interface MediaBody extends MediaOptions {
	caption?: string;
	viewOnce?: boolean;
	gif?: boolean;
	voice?: boolean;
	[field: string]: unknown;
}

interface MediaRoute {
	name: RouteName;
	/** The field with the file, and the kind unless the body says otherwise. */
	field: 'image' | 'video' | 'audio' | 'document' | 'sticker';
	body: (typeof schemas)[keyof typeof schemas];
}

const ROUTES: readonly MediaRoute[] = [
	{ name: 'sendImage', field: 'image', body: schemas.SEND_IMAGE_BODY },
	{ name: 'sendVideo', field: 'video', body: schemas.SEND_VIDEO_BODY },
	{ name: 'sendAudio', field: 'audio', body: schemas.SEND_AUDIO_BODY },
	{ name: 'sendDocument', field: 'document', body: schemas.SEND_DOCUMENT_BODY },
	{ name: 'sendSticker', field: 'sticker', body: schemas.SEND_STICKER_BODY },
];

/** Sending files: JSON with a URL or base64, or a multipart form that streams to the disk. */
export async function addMediaSendRoutes(server: FastifyInstance, parts: HttpParts): Promise<void> {
	const upload = await acceptUploads(server, parts.media.store.maxFileBytes);
	for (const route of ROUTES) {
		addRoute<{ Body: MediaBody; Headers: Keyed }>(server, route.name, {
			tag: 'Messages',
			schema: {
				body: route.body,
				consumes: ['application/json', 'multipart/form-data'],
				headers: IDEMPOTENCY_HEADERS,
				response: SEND_RESPONSES,
			},
			...upload,
			preValidation: (request) =>
				readUpload(request, { ...route, types: route.body.properties, media: parts.media }),
			handler: (request, reply) =>
				sendAndAnswer(parts, { request, reply }, toCommand(parts, request, reply, route)),
		});
	}
}

function toCommand(
	parts: HttpParts,
	request: FastifyRequest<{ Body: MediaBody; Headers: Keyed }>,
	reply: FastifyReply,
	{ name, field }: MediaRoute,
) {
	const { body, upload, headers } = request;
	const options = readSendOptions(body, (quoted) => requireQuoted(parts, request, quoted));
	const caption = checkCaption(body.caption);
	const kind: SendKind & MediaDraft['kind'] = field === 'audio' && body.voice ? 'voice' : field;
	const { [field]: given, ...rest } = body;
	const text = String(given);
	const source = upload ? undefined : toMediaSource(text);
	const signal = toHangUpSignal(reply.raw);
	const { viewOnce, gif } = body;
	return {
		...options,
		kind,
		draft: async () => {
			const file =
				upload ?? (source && (await parts.media.reader.read(source, { ...toFacts(body), signal })));
			if (!file) throw new Error('There is neither a file nor a source of one.');
			const isDocument = kind === 'document';
			const named = await withFacts(file, toFacts(body), { isDocument });
			return await createMediaDraft(
				{
					kind,
					file: named,
					caption,
					viewOnce,
					gif,
					turn: { owner: instanceOf(request).id, signal },
				},
				parts.media,
			);
		},
		...toIdempotency(headers, {
			route: name,
			where: options.jid,
			body: rest,
			file: upload?.sha256 ?? text,
		}),
	};
}

function toFacts({ fileName, mimetype }: MediaOptions) {
	return {
		...(fileName === undefined ? {} : { fileName }),
		...(mimetype === undefined ? {} : { mimetype }),
	};
}
