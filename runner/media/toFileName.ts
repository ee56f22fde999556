/** Control characters, and those that turn the direction of writing round: "gpj.exe" shown as "exe.jpg". */
const INVISIBLE = /[\p{Cc}\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu;

const MAX_CHARACTERS = 200;

/** A name as a file may have it on any system: the last part of a path, without what is not allowed in it. */
export function toFileName(text: string | null | undefined): string | null {
	const last = (text ?? '').split(/[/\\]/).at(-1) ?? '';
	const name = last
		.toWellFormed()
		.replace(INVISIBLE, '')
		.replace(/[<>:"|?*]/g, '_')
		.trim();
	if (name === '' || /^\.+$/.test(name)) return null;
	return shorten(name);
}

/** Keeps the extension. */
function shorten(name: string): string {
	const characters = [...name];
	if (characters.length <= MAX_CHARACTERS) return name;
	const extension = /\.[^.]{1,10}$/.exec(name)?.[0] ?? '';
	return characters.slice(0, MAX_CHARACTERS - extension.length).join('') + extension;
}
