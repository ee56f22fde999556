/** What the admins of a group have set. */
export interface GroupSettings {
	/** Only admins may write. */
	announcement: boolean;
	/** Only admins may change subject, description and picture. */
	locked: boolean;
	/** Who may add people. */
	memberAddMode: 'admin_add' | 'all_member_add';
	/** Admins decide who may join. */
	joinApproval: boolean;
	/** Seconds after which messages disappear; 0: never. */
	ephemeralSeconds: number;
}

/** A new group's settings. */
export const createGroupSettings = (): GroupSettings => ({
	announcement: false,
	locked: false,
	memberAddMode: 'admin_add',
	joinApproval: false,
	ephemeralSeconds: 0,
});
