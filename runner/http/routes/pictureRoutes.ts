import type { FastifyInstance } from 'fastify';
import type { SetImageRequest } from '../../../contract';
import { addRoute } from '../addRoute';
import type { HttpParts } from '../HttpParts';
import { sessionOf } from '../instanceOf';
import { readPicture } from '../readPicture';
import { requireGroupId } from '../requireGroupId';
import { SUCCESS } from '../schemas/common';
import { GROUP_PARAMS } from '../schemas/groups';
import { IMAGE_BODY } from '../schemas/profile';
import { acceptUploads } from '../sending/acceptUploads';
import { readUpload } from '../sending/readUpload';

/** Pictures of the account and of its groups: JSON with a URL or base64, or a multipart form. */
export async function addPictureRoutes(server: FastifyInstance, parts: HttpParts): Promise<void> {
	const { media } = parts;
	const input = {
		...(await acceptUploads(server, media.store.maxFileBytes)),
		preValidation: (request: Parameters<typeof readUpload>[0]) =>
			readUpload(request, { field: 'image', types: IMAGE_BODY.properties, media }),
	};

	addRoute<{ Body: Partial<SetImageRequest> | null }>(server, 'setImage', {
		...input,
		tag: 'Instance',
		schema: { body: IMAGE_BODY, response: { 200: SUCCESS } },
		async handler(request, reply) {
			const { profile } = sessionOf(parts, request);
			await profile.setImage(await readPicture(parts, request, reply));
			return reply.send({ success: 'Image changed' });
		},
	});

	addRoute<{ Body: Partial<SetImageRequest> | null; Params: { groupId: string } }>(
		server,
		'setGroupImage',
		{
			...input,
			tag: 'Groups',
			schema: { params: GROUP_PARAMS, body: IMAGE_BODY, response: { 200: SUCCESS } },
			async handler(request, reply) {
				const groupId = requireGroupId(request.params);
				const { groups } = sessionOf(parts, request);
				await groups.setImage(groupId, await readPicture(parts, request, reply));
				return reply.send({ success: 'Image changed' });
			},
		},
	);
}
