import { once } from 'node:events';
import type { Socket } from 'node:net';

/**
 * The server's part of a SOCKS5 greeting (RFC 1928, 1929), up to where the client wants to go:
 * `host:port`. Undefined when it was sent away.
 */
export async function greetSocksClient(
	socket: Socket,
	login: { user: string; password: string } | undefined,
): Promise<string | undefined> {
	const [, count = 0] = await read(socket, 2);
	const methods = await read(socket, count);
	const method = login ? 2 : 0;
	if (!methods.includes(method)) {
		socket.end(Buffer.from([5, 0xff]));
		return undefined;
	}
	socket.write(Buffer.from([5, method]));
	if (login && !(await isKnown(socket, login))) return undefined;
	const [, , , kind = 0] = await read(socket, 4);
	const host = kind === 3 ? String(await readText(socket)) : [...(await read(socket, 4))].join('.');
	return `${host}:${(await read(socket, 2)).readUInt16BE()}`;
}

async function isKnown(
	socket: Socket,
	login: { user: string; password: string },
): Promise<boolean> {
	await read(socket, 1);
	const user = String(await readText(socket));
	const password = String(await readText(socket));
	const isRight = user === login.user && password === login.password;
	socket.write(Buffer.from([1, isRight ? 0 : 1]));
	if (!isRight) socket.end();
	return isRight;
}

async function readText(socket: Socket): Promise<Buffer> {
	const [length = 0] = await read(socket, 1);
	return await read(socket, length);
}

async function read(socket: Socket, length: number): Promise<Buffer> {
	for (;;) {
		const bytes = socket.read(length) as Buffer | null;
		if (bytes) return bytes;
		await once(socket, 'readable');
	}
}
