/** Whether a URL's host is in a list of `name`, `name:port`, `address` or `[address]:port`. */
export function matchesHost(url: URL, hosts: readonly string[]): boolean {
	const name = toPlainName(url.hostname);
	const port = url.port || (url.protocol === 'https:' ? '443' : '80');
	return hosts.some((entry) => {
		const host = toPlainName(entry);
		return host === name || host === `${name}:${port}` || host === `[${name}]:${port}`;
	});
}

function toPlainName(host: string): string {
	const name = host.trim().toLowerCase().replace(/\.$/, '');
	return /^\[[^\]]*\]$/.test(name) ? name.slice(1, -1) : name;
}
