// The form: head with step strip, the current step, and the bar. Going back and forth never loses anything.
import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import Container from "@cloudscape-design/components/container";
import SpaceBetween from "@cloudscape-design/components/space-between";
import Tabs from "@cloudscape-design/components/tabs";
import { type ReactNode, useEffect, useState } from "react";
import { useLocation } from "wouter";
import { count } from "../../format/size";
import { useKeys } from "../../frame/keys";
import { paths } from "../../frame/paths";
import { Confirm } from "../../parts/Dialog";
import { DropOverlay, useDropTarget } from "../../parts/DropZone";
import { FilesAdded } from "../../parts/FilesAdded";
import { SavedMark } from "../../parts/marks";
import { ProblemAlert } from "../../parts/ProblemAlert";
import { joined, type Words, words } from "../../parts/Said";
import type { Account, Draft, Problem, ReportContent } from "../../platform/contract";
import { useCommand } from "../../query/hooks";
import { BottomBar } from "./BottomBar";
import { useTypedContacts } from "./ContactsField";
import { StepContact } from "./StepContact";
import { StepHelp } from "./StepHelp";
import { StepInformation } from "./StepInformation";
import { StepSolve } from "./StepSolve";
import { StepStrip } from "./StepStrip";
import { fieldOf, firstProblem, problemsAt, type Step, stepName, stepOf } from "./steps";
import { type Report, ReportContext, useReportState } from "./useReport";
import { type DiscardReason, useReportActions } from "./useReportActions";
import { useTravel } from "./useTravel";

interface ReportFormProps {
  draft: Draft;
  /** The content as it was when the form was opened. */
  begin: ReportContent;
  accounts: readonly Account[];
}

export function ReportForm({ draft, begin, accounts }: ReportFormProps) {
  const report = useReportState(draft, begin);
  const { step, go, place } = useTravel(report);
  const actions = useReportActions(report);
  const contacts = useTypedContacts(report);
  const drop = useDropTarget(report.id);
  const [asking, setAsking] = useState<DiscardReason | null>(null);
  useOnlyAccount(report, accounts);

  function show(problems: readonly Problem[]) {
    report.reveal(problems);
    const first = firstProblem(problems);
    if (first !== null) go(stepOf(first), fieldOf(first));
  }

  async function next() {
    if (step === 4) return;
    const { saved, problems } = await report.flush();
    const here = problemsAt(problems, step);
    // What is missing is known only of what could be saved; the mark above says that it was not.
    if (saved && here.length > 0) show(here);
    else go(step === 1 ? 2 : step === 2 ? 3 : 4);
  }

  async function submit() {
    if (!(await contacts.take())) {
      go(4, "cc");
      return;
    }
    const missing = await actions.submit();
    if (missing.length > 0) show(missing);
  }

  function previous() {
    if (step > 1) go(step === 4 ? 3 : step === 3 ? 2 : 1);
  }

  useStepKeys({ step, next, previous, submit, close: actions.close, stay: () => go(step) });

  if (accounts.length === 0) return <NoAccount />;
  return (
    <ReportContext.Provider value={report}>
      <div className="eco-report" data-testid="report" data-step={step}>
        {/* What is typed while the report is on its way would belong to nothing. */}
        <div className="eco-report-content" inert={actions.sending}>
          <div className="eco-report-head">
            <h1>Report an incident</h1>
            <div className="eco-report-head-actions">
              <SavedMark save={report.save} savedBefore={draft.savedAt} />
              <Button
                variant="icon"
                iconName="close"
                ariaLabel="Close and keep the draft"
                onClick={() => void actions.close()}
                data-testid="report-close"
              />
            </div>
          </div>
          <FilesAdded draftId={report.id} />
          <StepStrip step={step} problems={report.problems} onGo={go} />
          <section
            ref={place}
            tabIndex={-1}
            className="eco-report-place"
            aria-label={stepName(step)}
            data-testid="report-place"
          >
            {step === 1 && <StepHelp accounts={accounts} />}
            {step === 2 && <StepInformation drop={drop} />}
            {(step === 3 || step === 4) && (
              <LastTabs
                step={step}
                go={go}
                solve={<StepSolve onOpen={(key) => void actions.open(key)} onAdd={actions.addTo} />}
                contact={<StepContact contacts={contacts} onEdit={go} />}
              />
            )}
          </section>
          <NotAtAField problems={report.problems} step={step} />
          {actions.failure !== null && (
            <ProblemAlert
              problem={actions.failure}
              title="The report was not submitted"
              kept="It is kept as a draft."
              onRetry={() => void submit()}
              onDismiss={actions.dismissFailure}
            />
          )}
        </div>
        <BottomBar
          step={step}
          coming={drop.coming}
          sending={actions.sending}
          onCancel={() => void actions.close()}
          onDiscard={() => setAsking("discard")}
          onPrevious={previous}
          onNext={() => void next()}
          onSolved={() => setAsking("solved")}
          onSubmit={() => void submit()}
        />
        <DropOverlay visible={drop.over} text="Drop the files to add them to this report" />
        {asking !== null && (
          <Confirm
            title={asking === "solved" ? "Good to hear that it is solved" : "Discard this report?"}
            keep="Keep the draft"
            text={asking === "solved" ? "Discard the draft" : "Discard"}
            busyText="Discarding"
            failed="The draft was not discarded."
            run={() => actions.discard(asking)}
            onClose={() => setAsking(null)}
            testId="report-discard-confirm"
          >
            {whatGoes(report)}
          </Confirm>
        )}
      </div>
    </ReportContext.Provider>
  );
}

/** What a discarded draft takes along. */
function whatGoes({ content, files }: Report): Words {
  const subject = content.subject.trim();
  const withFiles = files.length === 0 ? "" : `with ${count(files.length, "file")} `;
  return joined(
    subject === "" ? "The draft" : words`The draft “${subject}”`,
    `${withFiles}is removed from this computer and cannot be brought back. Nothing of it was sent to ECO.`,
  );
}

/** With one account there is nothing to choose. */
function useOnlyAccount({ content, update }: Report, accounts: readonly Account[]) {
  const only = accounts.length === 1 ? accounts[0]?.id : undefined;
  useEffect(() => {
    if (content.account === null && only !== undefined) update({ account: only });
  }, [content.account, only, update]);
}

interface StepKeys {
  step: Step;
  next(): Promise<void>;
  previous(): void;
  submit(): Promise<void>;
  close(): Promise<void>;
  /** Puts the focus back into the step's first field. */
  stay(): void;
}

/** The heading of its keys. */
const REPORT = "Report";

function useStepKeys({ step, next, previous, submit, close, stay }: StepKeys) {
  const state = useCommand("app_state", {});
  // On a Mac, Option with an arrow moves by words in a text.
  const arrows = state.data !== undefined && state.data.platform !== "macos";
  useKeys([
    ...(arrows
      ? [
          {
            key: "Alt+ArrowLeft",
            label: "Previous, next",
            title: "Previous step",
            group: REPORT,
            run: previous,
          },
          {
            key: "Alt+ArrowRight",
            label: "Previous, next",
            title: "Next step",
            group: REPORT,
            run: () => void next(),
          },
        ]
      : []),
    {
      key: "Ctrl+Enter",
      label: step === 4 ? "Submit" : "Next",
      title: step === 4 ? "Submit the report" : "Go on to the next step",
      group: REPORT,
      run: () => void (step === 4 ? submit() : next()),
    },
    {
      key: "Escape",
      title: "Close the report, the draft stays",
      group: REPORT,
      run: () => void close(),
    },
    // The frame's key for a new report: this one is being written.
    { key: "n", run: stay },
  ]);
}

// The tabs' ids are found in the page as their test ids.
const SOLVE_TAB = "report-tab-solve";
const CONTACT_TAB = "report-step-4";

interface LastTabsProps {
  step: 3 | 4;
  go(step: Step): void;
  solve: ReactNode;
  contact: ReactNode;
}

function LastTabs({ step, go, solve, contact }: LastTabsProps) {
  return (
    <div className="eco-report-tabs">
      <Tabs
        activeTabId={step === 3 ? SOLVE_TAB : CONTACT_TAB}
        onChange={({ detail }) => go(detail.activeTabId === SOLVE_TAB ? 3 : 4)}
        tabs={[
          { id: SOLVE_TAB, label: stepName(3), content: solve },
          { id: CONTACT_TAB, label: stepName(4), content: contact },
        ]}
      />
    </div>
  );
}

/** What is wrong with the report as a whole, beside Submit. */
function NotAtAField({ problems, step }: { problems: readonly Problem[]; step: Step }) {
  const whole = problems.filter((problem) => fieldOf(problem) === null);
  if (step !== 4 || whole.length === 0) return null;
  return (
    <SpaceBetween size="s">
      {whole.map((problem) => (
        <ProblemAlert key={problem.message} problem={problem} />
      ))}
    </SpaceBetween>
  );
}

function NoAccount() {
  const [, navigate] = useLocation();
  return (
    <div className="eco-report-aside" data-testid="report-no-account">
      <Container>
        <Box textAlign="center" padding={{ vertical: "l" }}>
          <SpaceBetween size="m">
            <Box variant="h2" tagOverride="h1">
              Connect an AWS account first
            </Box>
            <Box color="text-body-secondary">
              An incident is reported in the AWS account that your EDI instance belongs to. What you
              have entered here before is kept.
            </Box>
            <Button variant="primary" onClick={() => navigate(paths.connect)}>
              Connect an account
            </Button>
          </SpaceBetween>
        </Box>
      </Container>
    </div>
  );
}
