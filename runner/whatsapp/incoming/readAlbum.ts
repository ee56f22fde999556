import { proto } from '@whiskeysockets/baileys';
import type { AlbumDetails } from '../../../contract';
import type { Clipper } from './Clipper';
import { toWholeNumber } from './numbers';

const { AssociationType } = proto.MessageAssociation;

/** An album, or which album a message is part of. */
export function readAlbum(
	content: proto.IMessage,
	association: proto.IMessageAssociation | null,
	{ messageId, clipper }: { messageId: string; clipper: Clipper },
): AlbumDetails | undefined {
	const { albumMessage } = content;
	if (albumMessage) {
		return {
			messageId,
			images: toWholeNumber(albumMessage.expectedImageCount),
			videos: toWholeNumber(albumMessage.expectedVideoCount),
		};
	}
	const parent = association?.parentMessageKey?.id;
	if (!parent || association.associationType !== AssociationType.MEDIA_ALBUM) return undefined;
	return { messageId: clipper.text(parent, 'id'), images: null, videos: null };
}
