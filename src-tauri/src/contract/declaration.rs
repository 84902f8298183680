// The one declaration of every command that the web view may call.
//
// This file is a macro that hands the list to another macro, because three readers need it: the shell makes
// each command's entry and the handler list of it (`contract/handlers.rs`), the TypeScript types are written
// from it (`contract/typescript.rs`), and build.rs, which includes this file, gives Tauri the names so that
// each command has a permission of its own. A command that is declared and not written does not compile, and
// one that is written and not declared cannot be called.
//
// `room::name(argument: Type, ...) -> Type;` is implemented by `commands::room::name`.
//
// A command whose answer the page keeps is a query and says which changes (`desk_model::Change`) put it out of date:
// `-> Type, stale_on [Cases, Case(case == key)];`, the latter only where the argument `case` is the change's `key`. A
// query that is asked anew each time it is shown has the empty list.
macro_rules! with_commands {
    ($reader:ident) => {
        $reader! {
            app::app_state() -> AppState, stale_on [Disk];
            app::app_listen(listener: ShellListener) -> ();
            app::app_painted(stage: PaintStage) -> ();
            app::app_measured(change: String, milliseconds: f64) -> ();
            app::app_flushed(everything: bool) -> ();
            app::app_zoom(step: ZoomStep) -> u16;
            app::clipboard_copy(text: String) -> ();
            app::link_open(address: String, confirmed: bool) -> Option<AskedLink>;
            app::demo_restart() -> ();

            storage::rescue_dismiss() -> ();
            storage::backup_list() -> Vec<BackupEntry>, stale_on [];
            storage::backup_restore(name: String) -> ();
            storage::data_folder_open() -> ();
            storage::log_report() -> LogReport, stale_on [];
            storage::crash_dismiss() -> ();

            settings::settings_get() -> Settings, stale_on [Settings];
            settings::settings_save(settings: Settings) -> Settings;

            network::network_get() -> NetworkSettings, stale_on [Settings];
            network::network_save(proxy: ProxySettings, password: Option<Secret>) -> NetworkSettings;
            network::network_add_certificates() -> NetworkSettings;
            network::network_remove_certificate(certificate: String) -> NetworkSettings;
            network::network_test(proxy: ProxySettings, password: Option<Secret>) -> NetworkTest;

            account::account_list() -> Vec<Account>, stale_on [Accounts];
            account::account_profiles() -> Vec<FoundProfile>, stale_on [Accounts];
            account::account_connect_profile(profile: String, name: String, code: Option<Secret>, command: Option<String>) -> Account;
            account::account_connect_keys(entry: KeyEntry, name: String) -> Account;
            account::account_key_choose() -> Option<HeldKey>;
            account::account_key_forget(key: HeldKeyId) -> ();
            account::sign_in_begin(start_url: String, region: String, way: SignInWay) -> SignInBegun;
            account::sign_in_wait(sign_in: SignInId) -> Vec<PortalAccount>;
            account::sign_in_roles(sign_in: SignInId, account_number: String) -> Vec<String>, stale_on [];
            account::sign_in_connect(sign_in: SignInId, account_number: String, role: String, name: String) -> Account;
            account::sign_in_renew(account: AccountId, sign_in: SignInId) -> Account;
            account::sign_in_cancel(sign_in: SignInId) -> ();
            account::account_enter_code(account: AccountId, code: Secret) -> Account;
            account::account_command(account: AccountId) -> Option<String>;
            account::account_approve_command(account: AccountId, command: String) -> Account;
            account::account_check(account: AccountId) -> Account;
            account::connection_check(account: AccountId) -> ConnectionCheck, stale_on [];
            account::account_rename(account: AccountId, name: String, colour: u8) -> Account;
            account::account_remove(account: AccountId) -> ();

            report::draft_begin() -> Draft;
            report::draft_get(draft: DraftId) -> Draft, stale_on [Drafts, Accounts, Settings];
            report::draft_list() -> Vec<Draft>, stale_on [Drafts, Accounts, Settings, Cases];
            report::draft_save(draft: DraftId, content: DraftContent) -> DraftSaved;
            report::draft_discard(draft: DraftId) -> ();
            report::draft_close(draft: DraftId) -> bool;
            report::contacts_read(text: String) -> ReadContacts, stale_on [];
            report::reply_draft(case: CaseKey) -> Draft, stale_on [];
            report::report_form(account: AccountId) -> ReportForm, stale_on [Accounts, Settings];
            report::contact_options(account: AccountId, service: Service, category_code: Option<String>) -> ContactOptions, stale_on [Accounts, Settings];
            report::report_preview(draft: DraftId) -> ReportPreview, stale_on [Drafts, Settings];
            report::report_suggestions(draft: DraftId) -> Suggestions, stale_on [Cases];
            report::draft_submit(draft: DraftId) -> CaseKey;

            attachment::file_choose(draft: DraftId) -> Vec<DraftFile>;
            attachment::file_remove(draft: DraftId, file: FileId) -> ();
            attachment::file_save(case: CaseKey, attachment_id: String) -> Option<String>;
            attachment::drop_mount(mount: DropMount, target: DropTarget) -> ();
            attachment::drop_unmount(mount: DropMount) -> ();

            outbox::outbox_list() -> Vec<OutboxEntry>, stale_on [Outbox, Cases];
            outbox::outbox_retry(entry: OutboxId) -> ();
            outbox::outbox_send_again(entry: OutboxId) -> ();
            outbox::outbox_edit(entry: OutboxId) -> DraftId;
            outbox::outbox_discard(entry: OutboxId) -> ();

            case::case_list(query: CaseQuery) -> CasePage, stale_on [Cases, Case, Settings];
            case::case_counts() -> CaseCounts, stale_on [Cases, Case, Settings];
            case::case_get(case: CaseKey) -> CaseDetail, stale_on [Cases, Case(case == key), Settings];
            case::case_correspondence(case: CaseKey, recent: u32) -> Correspondence, stale_on [Cases, Case(case == key)];
            case::case_seen(case: CaseKey) -> ();
            case::case_mark(cases: Vec<CaseKey>, unread: bool) -> ();
            case::case_resolve(case: CaseKey, rating: Option<Rating>) -> ();
            case::case_rate(case: CaseKey, rating: Rating) -> ();
            case::case_open_console(case: CaseKey) -> ();
            case::case_hand_over_done(case: CaseKey) -> ();

            sync::sync_now() -> ();
            sync::sync_status() -> Vec<SyncStatus>, stale_on [Sync, Accounts];
        }
    };
}
