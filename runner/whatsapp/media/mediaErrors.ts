/** The media host no longer has the file, or never had it: the phone can be asked for it again. */
export class MediaGoneError extends Error {
	override readonly name = 'MediaGoneError';
}

/** What arrived is not the file the message speaks of; trying again gives the same. */
export class MediaDamagedError extends Error {
	override readonly name = 'MediaDamagedError';
}

/** The file is larger than the caller, or WhatsApp, takes. */
export class MediaTooLargeError extends Error {
	override readonly name = 'MediaTooLargeError';
}

/** A media host cannot be reached, breaks off or fails: trying again may help. */
export class MediaHostError extends Error {
	override readonly name = 'MediaHostError';
}
