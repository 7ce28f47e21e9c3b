#pragma once

#include <string>
#include <string_view>
#include <vector>

#include <sent/export.hpp>
#include <sent/v3/send_message.hpp>
#include <sent/v3/template_definition.hpp>
#include <sent/v3/templates.hpp>

/// @file
/// Checks templates against the documented rules of the service, without sending anything. The library never
/// calls these functions itself and never refuses a template because of a finding, because the service may
/// relax its rules. They do not throw, except std::bad_alloc, and are thread-safe.

namespace sent {
inline namespace v3 {

/// What the service does if a rule is broken.
enum class LintEffect {
    refused,  ///< it refuses the request (400), or the message fails
    warning   ///< it accepts the request, but the result is probably not what is wanted
};

/// A place where a rule is broken.
struct LintFinding {
    /// Member by its name on the wire, such as `body.sms.template` or `buttons[0].props.text`.
    std::string member{};
    /// Name of the rule, such as `body-length`. `docs/v3.md` lists all rules. The text is never freed.
    std::string_view rule{};
    LintEffect effect = LintEffect::refused;
    /// One sentence that says what to do. The text is never freed.
    std::string_view remedy{};
};

/// Returns what is wrong with a template: first with its parts together, then with each of them, in the order
/// header, body, footer, buttons.
/// Characters are counted in UTF-16, so that most emoji count as two. If the result is empty, no documented
/// rule is broken; the service may still refuse the template.
[[nodiscard]] SENT_EXPORT std::vector<LintFinding> lint(const TemplateDefinition& definition);

/// Returns what is wrong with an update: with its name, and with its definition, whose members then begin
/// with `definition.`.
[[nodiscard]] SENT_EXPORT std::vector<LintFinding> lint_update(const UpdateTemplateRequest& request);

/// Returns what is wrong with the parameters with which a message uses a template. `chosen` is the template
/// as Templates::get() returns it. Members begin with `parameters.`.
[[nodiscard]] SENT_EXPORT std::vector<LintFinding> lint_parameters(const Template& chosen,
                                                                   const TemplateRef& message);

}  // namespace v3
}  // namespace sent
