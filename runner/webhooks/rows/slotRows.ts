import type { EventName } from '../../../contract';
import type { Database } from '../../storage/Database';
import type { Statement } from '../../storage/Statement';

/** One webhook URL of an instance; `disabled` is null or why nothing is sent there. */
export type SlotRow = {
	instance_id: string;
	event: EventName;
	url: string;
	disabled: string | null;
};

export function listSlots(database: Database, instanceId: string): SlotRow[] {
	return database.all<SlotRow>(
		'SELECT instance_id, event, url, disabled FROM webhook_slots WHERE instance_id = ?',
		instanceId,
	);
}

/** Sets a URL and enables it, together with the other slots of the same URL: it is one receiver. */
export function setSlot(instanceId: string, event: EventName, url: string): Statement[] {
	return [
		{
			sql: `INSERT INTO webhook_slots (instance_id, event, url, disabled) VALUES (?, ?, ?, NULL)
				ON CONFLICT (instance_id, event) DO UPDATE SET url = excluded.url, disabled = NULL`,
			params: [instanceId, event, url],
		},
		{
			sql: 'UPDATE webhook_slots SET disabled = NULL WHERE instance_id = ? AND url = ?',
			params: [instanceId, url],
		},
	];
}

export function clearSlot(instanceId: string, event: EventName): Statement {
	return {
		sql: 'DELETE FROM webhook_slots WHERE instance_id = ? AND event = ?',
		params: [instanceId, event],
	};
}

export function disableSlots(instanceId: string, url: string, reason: string): Statement {
	return {
		sql: 'UPDATE webhook_slots SET disabled = ? WHERE instance_id = ? AND url = ?',
		params: [reason, instanceId, url],
	};
}
