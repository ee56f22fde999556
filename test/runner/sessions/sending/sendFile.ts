import { Readable } from 'node:stream';
import {
	createMediaDraft,
	type MediaDraftOptions,
} from '../../../../runner/media/createMediaDraft';
import type { SendCommand, SendOutcome } from '../../../../runner/sessions/SessionPort';
import type { SessionRig } from '../SessionRig';

type FileOptions = Omit<MediaDraftOptions, 'file'> & {
	bytes: Buffer;
	fileName?: string;
	mimetype?: string;
	/** There is none unless given. */
	ffmpegPath?: string;
};

/** Sends a file as the routes do: through the store, converted as its kind demands. */
export async function sendFile(
	rig: SessionRig,
	jid: string,
	{ bytes, fileName, mimetype, ffmpegPath, ...options }: FileOptions,
	more: Partial<SendCommand> = {},
): Promise<SendOutcome> {
	return await rig.session.send({
		jid,
		draft: async () => {
			const facts = { ...(fileName ? { fileName } : {}), ...(mimetype ? { mimetype } : {}) };
			const file = await rig.media.add(Readable.from([bytes]), facts);
			const media = { store: rig.media, findFfmpeg: async () => ffmpegPath ?? null };
			return await createMediaDraft({ ...options, file }, media);
		},
		...more,
	});
}
