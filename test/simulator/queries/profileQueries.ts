import type { BinaryNode } from '@whiskeysockets/baileys';
import { Contact } from '../accounts/Contact';
import type { Group } from '../accounts/Group';
import type { Person } from '../accounts/Person';
import { toBusinessProfile } from '../profiles/Business';
import { toPictureId } from '../profiles/toPictureId';
import { bytesOf, childOf, childrenOf, element } from '../stanzas/element';
import { FORBIDDEN, INVALID, NOT_ADMIN, NOT_FOUND } from './queryErrors';
import type { Answer, Query, QueryError } from './QueryTable';

const JPEG_START = Buffer.of(0xff, 0xd8, 0xff);

/** Pictures, about texts and what businesses say of themselves. */
export const profileQueries: ReadonlyArray<readonly [string, Answer]> = [
	['w:profile:picture/get/picture', answerPicture],
	['w:profile:picture/set/picture', setPicture],
	['w:profile:picture/set/', setPicture],
	[
		'status/set/status',
		({ device, request }) => {
			device.phone.about = bytesOf(childOf(request, 'status'))?.toString('utf8') ?? '';
			return [];
		},
	],
	[
		'w:biz/get/business_profile',
		({ context, request }) => {
			const asked = childrenOf(childOf(request, 'business_profile'));
			const profiles = asked.flatMap(({ attrs: { jid = '' } }) => {
				const person = context.directory.findPerson(jid);
				const business = person instanceof Contact ? person.business : undefined;
				return business ? [toBusinessProfile(jid, business)] : [];
			});
			return [element('business_profile', {}, profiles)];
		},
	],
];

function answerPicture({ context, request }: Query): BinaryNode[] | QueryError {
	const { target } = request.attrs;
	const { directory, media } = context;
	const found = directory.findGroup(target) ?? directory.findPerson(target);
	if (found instanceof Contact && found.hidesProfile) return NOT_ADMIN;
	if (!found?.picture) return NOT_FOUND;
	const { type } = childOf(request, 'picture')?.attrs ?? {};
	const id = toPictureId(found.picture);
	const direct_path = media.publish(found.picture, `${id}.jpg`);
	const url = `https://${media.host}${direct_path}`;
	return [element('picture', { id, type: type ?? 'preview', url, direct_path })];
}

function setPicture({ context, device, request }: Query): BinaryNode[] | QueryError {
	const { target } = request.attrs;
	const image = bytesOf(childOf(request, 'picture'));
	if (image && !image.subarray(0, JPEG_START.length).equals(JPEG_START)) return INVALID;
	const owner = context.directory.findPerson(target) ?? device.phone;
	const group = context.directory.findGroup(target);
	const refusal = group ? refusalOf(group, device.phone) : owner !== device.phone && FORBIDDEN;
	if (refusal) return refusal;
	if (group) group.setPicture(device.phone, image);
	else device.phone.setPicture(image);
	return image ? [element('picture', { id: toPictureId(image) })] : [];
}

function refusalOf(group: Group, person: Person): QueryError | undefined {
	const isAllowed = group.has(person) && (!group.settings.locked || group.rankOf(person));
	return isAllowed ? undefined : FORBIDDEN;
}
