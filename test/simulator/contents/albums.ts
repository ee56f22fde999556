import { proto } from '@whiskeysockets/baileys';

/** The message that comes before the files of an album and says how many there are. */
export const toAlbum = (images: number, videos: number): proto.IMessage => ({
	albumMessage: { expectedImageCount: images, expectedVideoCount: videos },
});

/** A file of an album: said beside the content, which some phones wrap besides. */
export function toAlbumChild(
	child: proto.IMessage,
	parentMessageKey: proto.IMessageKey,
	messageIndex: number,
	{ wrapped = false } = {},
): proto.IMessage {
	const messageContextInfo = {
		messageAssociation: {
			associationType: proto.MessageAssociation.AssociationType.MEDIA_ALBUM,
			parentMessageKey,
			messageIndex,
		},
	};
	return wrapped
		? { associatedChildMessage: { message: child }, messageContextInfo }
		: { ...child, messageContextInfo };
}
