//! Signing in as people in companies do, behind their company's proxy and certificates, with AWS's own names.

use crate::support::{
    App, Session, button,
    company::{Company, PORTAL, PROXY_PASSWORD, REGION},
    css, eventually, story,
};
use support_sim::{Action, Customer, Who};

async fn start(session: &std::sync::Arc<Session>, variables: &[(String, String)]) -> App {
    let env: Vec<(&str, &str)> =
        variables.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    App::start(session, &["--poll-seconds", "1"], &env).await
}

/// Enters the portal and goes to it.
async fn go_to_the_portal(app: &App) {
    app.fill("portal-url", PORTAL).await;
    app.choose("portal-region", REGION).await;
    app.click("portal-submit").await;
}

/// Chooses account and role, once signed in.
async fn take_the_role(app: &App, account: &str) {
    app.choose("portal-account", account).await;
    app.check(css("[data-testid='portal-roles'] input[value='EdiSupport']")).await;
    app.screenshots("connect-choose-role").await;
    app.click("connect-submit").await;
    app.wait_text("connect-result", &format!("{account} is connected")).await;
}

async fn report(app: &App, subject: &str) {
    story::describe(app, subject, "A description").await;
    story::next(app).await;
    story::next(app).await;
    app.click("report-submit").await;
}

#[tokio::test]
async fn the_company_sign_in_connects_and_a_sign_in_that_ran_out_is_renewed() {
    let session = Session::start().await;
    let company = Company::start(&session).await;
    company.has_portal();
    company.sim.policy().deny(Who::Everyone, Action::ResolveCase);
    let app = start(&session, &company.managed_computer(&session)).await;
    app.find("connect-ways").await;
    app.screenshots("connect-portal").await;
    go_to_the_portal(&app).await;
    app.find("portal-account").await;
    // The program may go on before the browser has drawn the last page.
    let signed_in = || company.page().contains("You are signed in").then_some(());
    eventually("the browser's last page", async || signed_in()).await;
    take_the_role(&app, "norvik-edi-production").await;

    // The check names the one permission that is missing, and copies the policy for it.
    app.wait_text("check-verdict", "1 thing needs your administrator").await;
    app.wait_text("check-ResolveCase", "Denied").await;
    app.wait_text("check-CreateCase", "Allowed").await;
    app.screenshots("connect-result").await;
    company.sim.policy().clear();
    app.click(button("Check again")).await;
    app.wait_text("check-verdict", "Everything that ECO Desk needs is allowed").await;

    // A second account through the same sign-in.
    app.click(button("Connect another one")).await;
    go_to_the_portal(&app).await;
    take_the_role(&app, "norvik-edi-test").await;
    app.click("connect-done").await;
    app.find("incidents").await;
    app.click(story::nav("settings")).await;
    app.wait_text("settings", "norvik-edi-test").await;
    app.screenshots("settings-accounts").await;

    // The night passes. What is written meanwhile waits, and goes out by itself after the next sign-in.
    company.ends_the_day();
    app.click(story::nav("report")).await;
    app.choose("report-field-account", "norvik-edi-test").await;
    report(&app, "Written before anybody signed in").await;
    app.wait_text("case-not-yet-sent", "Sign in again").await;
    app.click(story::nav("")).await;
    app.click("alarm-more").await;
    app.wait_text("account-problem", "norvik-edi-production and norvik-edi-test").await;
    app.wait_count("account-problem", 1).await;
    app.screenshots("sign-in-expired").await;
    assert_eq!(company.sim.case_count(), 0);
    app.click("sign-in-again").await;
    app.find("renew-portal").await;
    app.screenshots("sign-in-again").await;
    app.click("renew-portal").await;
    app.find("incidents").await;
    // One sign-in is enough for both accounts.
    app.wait_gone("account-problem").await;
    eventually("the report at ECO", async || (company.sim.case_count() == 1).then_some(())).await;

    let hosts = company.proxy.hosts();
    assert!(hosts.iter().all(|host| host.ends_with(".amazonaws.com:443")), "{hosts:?}");
}

#[tokio::test]
async fn a_browser_that_does_not_come_back_is_replaced_by_a_code() {
    let session = Session::start().await;
    let company = Company::start(&session).await;
    company.has_portal();
    company.close_browser();
    let app = start(&session, &company.managed_computer(&session)).await;
    go_to_the_portal(&app).await;
    app.find("sign-in-waiting").await;
    app.screenshots("sign-in-waiting").await;
    app.click("use-code").await;
    let code = app.text("user-code").await;
    app.screenshots("sign-in-code").await;
    let opened = eventually("two pages in the browser", async || {
        Some(company.opened()).filter(|opened| opened.len() == 2)
    })
    .await;
    assert!(opened[0].contains("/authorize?"), "{opened:?}");
    assert!(opened[1].ends_with(&format!("?user_code={code}")), "{opened:?}");
    company.sign_in.allow_device(&code);
    take_the_role(&app, "norvik-edi-production").await;
}

#[tokio::test]
async fn a_profile_with_a_multi_factor_device_asks_for_its_code() {
    const SERIAL: &str = "arn:aws:iam::111122223333:mfa/jane";
    const ROLE: &str = "arn:aws:iam::111122223333:role/EdiSupport";
    let session = Session::start().await;
    let company = Company::start(&session).await;
    company.has_role_with_mfa(ROLE, SERIAL, "246810");
    let example = Customer::example();
    story::write_keys(&session, example.access_key_id(), example.secret_access_key());
    let config = session.home().join(".aws/config");
    let with_role = format!(
        "[profile production]\nregion = eu-west-1\n\n[profile support]\nrole_arn = {ROLE}\n\
         source_profile = production\nmfa_serial = {SERIAL}\n\n\
         [profile old]\nrole_arn = {ROLE}\nsource_profile = gone\n"
    );
    std::fs::write(config, with_role).expect("the session's own home");
    let app = start(&session, &company.managed_computer(&session)).await;
    app.find("connect-profiles").await;
    app.screenshots("connect-profiles").await;
    app.check(css("[data-testid='connect-profiles'] input[value='support']")).await;
    app.fill("connect-name", "Production").await;
    app.click("connect-submit").await;
    app.fill("mfa-code", "111111").await;
    app.click("code-submit").await;
    app.find(crate::support::with_text("does not accept")).await;
    app.screenshots("connect-mfa-wrong").await;
    app.fill("mfa-code", "246 810").await;
    app.click("code-submit").await;
    app.wait_text("connect-result", "Production is connected").await;
}

#[tokio::test]
async fn behind_a_proxy_and_an_authority_that_nobody_has_set_up_each_is_named_and_mended() {
    let session = Session::start().await;
    let company = Company::start(&session).await;
    company.proxy.set_behavior(PROXY_PASSWORD);
    story::write_profile(&session);
    let mut computer = company.computer(&session);
    let address = company.proxy.address();
    // The computer knows the proxy and no more.
    computer.push(("HTTPS_PROXY".to_owned(), format!("http://{address}")));
    let app = start(&session, &computer).await;
    story::choose_profile(&app).await;
    app.wait_text("connect-problem", "asks for a user name and password").await;
    app.screenshots("connect-proxy").await;
    app.click("network-settings").await;
    app.find("network-dialog").await;

    app.check(css("[data-testid='proxy-mode'] input[value='manual']")).await;
    app.fill("proxy-host", &address.ip().to_string()).await;
    app.fill("proxy-port", &address.port().to_string()).await;
    app.fill("proxy-user", "jane").await;
    app.fill("proxy-password", "wrong").await;
    app.click("network-test").await;
    app.wait_text("network-test-result", "does not accept the user name or the password").await;
    app.screenshots("network-password").await;
    app.fill("proxy-password", "open-sesame").await;
    app.click("network-test").await;
    app.wait_text("network-test-result", "issued by “Norvik Inspection CA”").await;
    app.screenshots("network-certificate").await;
    app.click("certificate-add-now").await;
    app.answer_dialog("Choose a CA certificate", &company.certificate()).await;
    // The test is run again by itself, still with what is entered and not saved.
    app.wait_text("network-test-result", "The connection works").await;
    app.screenshots("network-works").await;
    app.click("network-save").await;
    app.find(button("Forget it")).await;
    app.click("network-close").await;

    assert_eq!(app.value("connect-name").await, "Production", "what was entered is kept");
    app.click("connect-submit").await;
    app.wait_text("connect-result", "Production is connected").await;
    app.click("connect-done").await;
    app.click(story::nav("report")).await;
    report(&app, "Through everything").await;
    eventually("the report at ECO", async || (company.sim.case_count() == 1).then_some(())).await;

    // All of it holds after a start: the password is read from the keyring.
    let app = app.kill().await.start().await;
    let before = company.proxy.asked().len();
    eventually("calls through the proxy", async || (company.proxy.asked().len() > before).then_some(()))
        .await;
    app.find("incidents").await;
    assert!(!app.sees("account-problem").await);
    app.click(story::nav("settings")).await;
    app.find("settings-network").await;
    app.find(button("Remove Norvik Inspection CA")).await;
}

#[tokio::test]
async fn a_profile_of_aws_login_goes_on_and_says_how_to_begin_anew_when_it_has_ended() {
    let session = Session::start().await;
    let company = Company::start(&session).await;
    company.has_login(&session);
    let app = start(&session, &company.managed_computer(&session)).await;
    app.wait_text("connect-profiles", "Signed in with aws login").await;
    app.fill("connect-name", "Console").await;
    app.click("connect-submit").await;
    app.wait_text("connect-result", "Console is connected").await;
    assert!(company.sign_in.calls().contains(&"eu-west-1.signin.aws.amazon.com /v1/token".to_owned()));
    app.click("connect-done").await;
    app.find("incidents").await;

    company.ends_the_day();
    app.click("sign-in-again").await;
    app.wait_text("sign-in-command", "aws login --profile console").await;
    app.screenshots("sign-in-elsewhere").await;
    company.has_login(&session);
    company.sim.add_customer(Company::staff_of_today());
    app.click("check-again").await;
    app.find("incidents").await;
    app.wait_gone("account-problem").await;
}

#[tokio::test]
async fn a_key_that_was_rotated_is_replaced_where_one_signs_in_again() {
    const NEXT: (&str, &str) = ("AKIAROTATEDEXAMPLE00", "secretOfTheNext+SeCrEtOfThEnExT+00000000");
    let session = Session::start().await;
    let company = Company::start(&session).await;
    let app = start(&session, &company.managed_computer(&session)).await;
    let enter = async |(id, secret): (&str, &str)| {
        app.fill("connect-key-id", id).await;
        app.fill("connect-secret", secret).await;
    };
    app.check(css("[data-testid='connect-ways'] input[value='access-key']")).await;
    let old = Customer::example();
    enter((old.access_key_id(), old.secret_access_key())).await;
    app.fill("connect-name", "Production").await;
    app.click("connect-submit").await;
    app.click("connect-done").await;
    app.find("incidents").await;

    assert!(company.sim.revoke(old.access_key_id()));
    company.has_key(NEXT.0, NEXT.1);
    app.click("sign-in-again").await;
    app.find("enter-key").await;
    app.screenshots("sign-in-key").await;
    enter(NEXT).await;
    app.click("connect-submit").await;
    app.find("incidents").await;
    app.wait_gone("account-problem").await;
    app.click(story::nav("settings")).await;
    app.wait_text("settings", "Access key AKIA…LE00").await;
    app.wait_text("settings", "Accounts (1)").await;
}
