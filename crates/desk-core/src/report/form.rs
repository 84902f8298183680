//! What the report form offers: services, priorities and contact methods, as AWS says or last said.

use super::{
    ContactMethod, ContactOption, ContactOptions, Opening, PRIORITIES, PriorityOption, PriorityWords,
    ReportForm, Reports, Service, hours::opening_of, severity_for,
};
use crate::{catalogue::Catalogue, settings::Settings};
use desk_aws::AwsError;
use desk_model::{AccountId, DAY, Problem, ProblemCode};

impl Reports {
    /// What the form offers for an account. AWS is asked where the last answer is older than a day; where it cannot
    /// be, the last answer is given with the reason.
    ///
    /// # Errors
    /// Where the account is not known or the databases cannot be used.
    pub async fn form(&self, account: &AccountId) -> Result<ReportForm, Problem> {
        self.accounts.get(account).await?;
        let settings = self.settings.get().await?;
        let (catalogue, problem) = self.catalogue(account).await?;
        Ok(ReportForm {
            account: account.clone(),
            services: catalogue.offered(),
            priorities: PRIORITIES.map(|words| offered_priority(&words, &settings, &catalogue)).into(),
            fetched_at: catalogue.fetched_at,
            problem,
        })
    }

    /// Which contact methods AWS offers for a report, and whether they are open.
    ///
    /// # Errors
    /// Where the account is not known or the databases cannot be used.
    pub async fn contact_options(
        &self,
        account: &AccountId,
        service: Service,
        category_code: Option<String>,
    ) -> Result<ContactOptions, Problem> {
        self.accounts.get(account).await?;
        let settings = self.settings.get().await?;
        let (catalogue, problem) = self.catalogue(account).await?;
        let category = match catalogue.category(service, category_code.as_deref(), &settings) {
            Ok(Some(category)) => category,
            Ok(None) => return Ok(unknown(problem.unwrap_or_else(not_asked))),
            Err(problem) => return Ok(unknown(problem)),
        };
        let support = match self.accounts.support(account).await {
            Ok(support) => support,
            Err(problem) => return Ok(unknown(problem)),
        };
        let asked = async {
            let offered = support.create_case_options(service.code(), &category).await?;
            let languages = support.supported_languages(service.code(), &category).await?;
            Ok::<_, AwsError>((offered, languages))
        };
        let (offered, languages) = match asked.await {
            Ok(answers) => answers,
            Err(error) => return Ok(unknown(error.into())),
        };
        let now = self.clock.now();
        let method = |method, kind| {
            let opening = opening_of(kind, &offered, now);
            ContactOption { method, opening, can_choose: opening.can_choose() }
        };
        Ok(ContactOptions {
            methods: vec![
                method(ContactMethod::Web, "web"),
                method(ContactMethod::Phone, "call"),
                method(ContactMethod::Chat, "chat"),
            ],
            english_supported: Some(languages.iter().any(|code| code == "en")),
            problem: None,
        })
    }

    /// What is known of the account's services, not older than a day where AWS can be asked; else why it cannot.
    async fn catalogue(&self, account: &AccountId) -> Result<(Catalogue, Option<Problem>), Problem> {
        let now = self.clock.now();
        let wanted = account.clone();
        let kept = self.store.desk.read(move |desk| Catalogue::read(desk, &wanted)).await?;
        // A clock that was set back must not keep an old answer for ever, hence the range.
        if kept.fetched_at.is_some_and(|at| (now - DAY..=now).contains(&at)) {
            return Ok((kept, None));
        }
        let support = match self.accounts.support(account).await {
            Ok(support) => support,
            Err(problem) => return Ok((kept, Some(problem))),
        };
        match Catalogue::fetch(&support, now).await {
            Ok(fetched) => {
                let (put, account) = (fetched.clone(), account.clone());
                self.store.desk.write(move |desk| put.put(desk, &account)).await?;
                Ok((fetched, None))
            }
            Err(error) => Ok((kept, Some(error.into()))),
        }
    }
}

fn offered_priority(words: &PriorityWords, settings: &Settings, catalogue: &Catalogue) -> PriorityOption {
    PriorityOption {
        priority: words.priority,
        severity_code: severity_for(words.priority, settings, &catalogue.severities),
    }
}

fn unknown(problem: Problem) -> ContactOptions {
    let methods = [ContactMethod::Web, ContactMethod::Phone, ContactMethod::Chat];
    ContactOptions {
        methods: methods
            .map(|method| ContactOption { method, opening: Opening::Unknown, can_choose: true })
            .into(),
        english_supported: None,
        problem: Some(problem),
    }
}

fn not_asked() -> Problem {
    Problem::new(ProblemCode::Network, "AWS Support has not been asked yet which ways of contact it offers.")
        .retryable()
}
