import { libsignal, type SessionEntry } from './libsignal';

const SESSIONS_KEPT = 40;

/** A session record that never prints sessions; libsignal's own does, private keys included. */
export class QuietSessionRecord extends libsignal.SessionRecord {
	override closeSession(session: SessionEntry): void {
		if (session.indexInfo.closed === -1) session.indexInfo.closed = Date.now();
	}

	override removeOldSessions(): void {
		const entries = Object.entries(this.sessions);
		if (entries.length <= SESSIONS_KEPT) return;
		const closed = entries.filter(([, session]) => session.indexInfo.closed !== -1);
		closed.sort(([, a], [, b]) => a.indexInfo.closed - b.indexInfo.closed);
		for (const [key] of closed.slice(0, entries.length - SESSIONS_KEPT)) delete this.sessions[key];
	}
}
