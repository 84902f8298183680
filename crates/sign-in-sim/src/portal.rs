//! The portal of IAM Identity Center (REST JSON): ListAccounts, ListAccountRoles, GetRoleCredentials, Logout. Lists
//! come in pages of two, so that a client that ignores pagination fails.

use std::collections::HashMap;

use axum::response::Response;
use bytes::Bytes;
use http::StatusCode;
use serde_json::{Value, json};

use crate::oidc::reply;
use crate::server::empty_response;
use crate::world::{Principal, SignInSim, World};

const PAGE: usize = 2;

pub(crate) fn answer(sim: &SignInSim, host: &str, region: &str, request: &http::Request<Bytes>) -> Response {
    let mut world = sim.world();
    let path = request.uri().path().to_owned();
    world.calls.push(format!("{host} {path}"));
    let token = request
        .headers()
        .get("x-amz-sso_bearer_token")
        .and_then(|token| token.to_str().ok())
        .unwrap_or_default()
        .to_owned();
    let here = world.directory.as_ref().is_some_and(|directory| directory.region == region);
    if !here || !world.oidc.is_valid(&token, world.now()) {
        let body = json!({ "message": "Session token not found or invalid" });
        return reply(StatusCode::UNAUTHORIZED, &body, Some("UnauthorizedException"));
    }
    let query: HashMap<String, String> =
        form_urlencoded::parse(request.uri().query().unwrap_or_default().as_bytes()).into_owned().collect();
    match path.as_str() {
        "/assignment/accounts" => {
            let mut accounts: Vec<Value> = Vec::new();
            for one in world.directory.iter().flat_map(|directory| &directory.assignments) {
                let account = json!({
                    "accountId": one.number,
                    "accountName": one.name,
                    "emailAddress": "aws@norvik.example",
                });
                if !accounts.contains(&account) {
                    accounts.push(account);
                }
            }
            page("accountList", &accounts, &query)
        }
        "/assignment/roles" => {
            let number = query.get("account_id").cloned().unwrap_or_default();
            let assignments = world.directory.iter().flat_map(|directory| &directory.assignments);
            let roles: Vec<Value> = assignments
                .filter(|one| one.number == number)
                .map(|one| json!({ "roleName": one.role, "accountId": one.number }))
                .collect();
            page("roleList", &roles, &query)
        }
        "/federation/credentials" => credentials(&mut world, &query),
        "/logout" => {
            world.oidc.log_out(&token);
            reply(StatusCode::OK, &json!({}), None)
        }
        _ => empty_response(StatusCode::NOT_FOUND),
    }
}

fn page(name: &str, all: &[Value], query: &HashMap<String, String>) -> Response {
    let start: usize = query.get("next_token").and_then(|token| token.parse().ok()).unwrap_or(0);
    let items: Vec<&Value> = all.iter().skip(start).take(PAGE).collect();
    let next = start + PAGE;
    let body = json!({ name: items, "nextToken": (next < all.len()).then(|| next.to_string()) });
    reply(StatusCode::OK, &body, None)
}

fn credentials(world: &mut World, query: &HashMap<String, String>) -> Response {
    let asked = |name: &str| query.get(name).map(String::as_str).unwrap_or_default();
    let assigned = world
        .directory
        .iter()
        .flat_map(|directory| &directory.assignments)
        .find(|one| one.number == asked("account_id") && one.role == asked("role_name"))
        .cloned();
    let Some(assigned) = assigned else {
        return reply(StatusCode::FORBIDDEN, &json!({ "message": "No access" }), Some("ForbiddenException"));
    };
    let arn = format!(
        "arn:aws:sts::{}:assumed-role/AWSReservedSSO_{}_0123456789abcdef/ingrid.solheim",
        assigned.number, assigned.role
    );
    let keys = assigned.gives;
    world.principals.retain(|one| one.keys != keys);
    let ends = (world.now() + jiff::SignedDuration::from_hours(1)).as_millisecond();
    let body = json!({ "roleCredentials": {
        "accessKeyId": keys.access_key_id,
        "secretAccessKey": keys.secret_access_key,
        "sessionToken": keys.session_token,
        "expiration": ends,
    }});
    world.principals.push(Principal { keys, arn });
    reply(StatusCode::OK, &body, None)
}
