import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { MessageChatQuery } from '../../../contract';
import { ApiError } from '../../ApiError';
import { toFileName } from '../../media/toFileName';
import { addRoute } from '../addRoute';
import type { HttpParts } from '../HttpParts';
import { instanceOf } from '../instanceOf';
import { FILE_HEADERS, FILE_RESPONSES, MEDIA_PARAMS, MEDIA_QUERY } from '../schemas/files';
import { MESSAGE_CHAT_QUERY, MESSAGE_PARAMS } from '../schemas/sending';
import { toReference } from '../sending/requireMessage';
import { sendFile } from '../sendFile';

/** How long a caller waits for a file that WhatsApp still has. */
const FETCH_TIMEOUT_MS = 60_000;

const tag = 'Media';

interface Exchange {
	request: FastifyRequest;
	reply: FastifyReply;
}

/** The files of messages: with the key of their instance, or by a link that needs none. */
export function addMediaRoutes(server: FastifyInstance, parts: HttpParts): void {
	addRoute<{ Params: { messageId: string }; Querystring: MessageChatQuery }>(server, 'getMedia', {
		tag,
		schema: {
			params: MESSAGE_PARAMS,
			querystring: MESSAGE_CHAT_QUERY,
			headers: FILE_HEADERS,
			response: FILE_RESPONSES,
		},
		async handler(request, reply) {
			const { id } = instanceOf(request);
			const reference = toReference(parts, request, { ...request.params, ...request.query });
			const message = parts.messages.find(id, reference);
			if (!message) throw new ApiError('message_not_found');
			if (!message.media) throw new ApiError('media_not_found');
			const exchange = { request: request as FastifyRequest, reply };
			return await answer(parts, exchange, { instanceId: id, ...message.media });
		},
	});

	addRoute<{
		Params: { instanceId: string; sha256: string };
		Querystring: { expires?: string; signature?: string };
	}>(server, 'media', {
		tag,
		schema: {
			params: MEDIA_PARAMS,
			querystring: MEDIA_QUERY,
			headers: FILE_HEADERS,
			response: FILE_RESPONSES,
		},
		async handler(request, reply) {
			const { instanceId, sha256 } = request.params;
			if (!parts.media.urls.isValid(`/media/${instanceId}/${sha256}`, request.query)) {
				throw new ApiError('media_not_found', 'This link has expired or is not complete.');
			}
			const file = parts.messages.findFile(instanceId, sha256);
			if (!file) throw new ApiError('media_not_found');
			const exchange = { request: request as FastifyRequest, reply };
			return await answer(parts, exchange, { instanceId, ...file });
		},
	});
}

async function answer(
	{ sessions, readiness }: HttpParts,
	exchange: Exchange,
	wanted: { instanceId: string; sha256: string; fileName: string | null },
): Promise<FastifyReply> {
	const session = sessions.get(wanted.instanceId);
	if (!session)
		throw new ApiError(readiness.phase === 'ready' ? 'media_not_found' : 'runner_starting');
	const file = await session.fetchFile(wanted.sha256, FETCH_TIMEOUT_MS);
	// The store keeps the same bytes once: its name may be that of another message, or another instance.
	const fileName = toFileName(wanted.fileName);
	return await sendFile(exchange, { ...file, fileName });
}
