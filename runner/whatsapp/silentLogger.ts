import type makeWASocket from '@whiskeysockets/baileys';

type BaileysLogger = Parameters<typeof makeWASocket>[0]['logger'];

const ignore = () => undefined;

/**
 * Baileys logs keys, numbers and whole stanzas: none of it may reach our log. What the runner has to
 * say about a connection it says itself.
 */
export const silentLogger: NonNullable<BaileysLogger> = {
	level: 'silent',
	child: () => silentLogger,
	trace: ignore,
	debug: ignore,
	info: ignore,
	warn: ignore,
	error: ignore,
};
