// Creates a template as a draft, reads it, lists the drafts, and removes it again (v2).
//
//   export SENT_DM_API_KEY=... SENT_DM_SENDER_ID=...
//   ./04_templates
#include <cstdlib>
#include <iostream>

#include <sent/sent.hpp>

namespace {

/// For programs that have nothing better to do about an error than to stop.
template <class T>
T or_exit(sent::Result<T> result) {
    if (!result) {
        std::cerr << result.error() << '\n';
        std::exit(1);
    }
    return *std::move(result);
}

sent::v2::CreateTemplateRequest visit_reminder() {
    // {{1:variable}} stands for the variable with id 1. When sending, the name is used, not the id.
    sent::v2::TemplateBodyContent text{
        .text = "Hi {{1:variable}}, see you at {{2:variable}}.",
        .variables = {sent::v2::text_variable(1, "firstName", "Mira"),
                      sent::v2::text_variable(2, "slot", "14:30")},
    };
    return {
        .definition = {.body = {.multi_channel = text}, .definition_version = "1.0"},
        .category = sent::v2::TemplateCategory::utility,
        .language = "en_US",
        .submit_for_review = false,
    };
}

}  // namespace

int main() {
    const sent::Client client;
    const auto templates = client.v2().templates();

    const auto created = or_exit(templates.create(visit_reminder()));
    std::cout << "created " << created.id << ", " << created.status << '\n';

    const auto read = or_exit(templates.get(created.id));
    if (const auto& text = read.definition.body.multi_channel) {
        std::cout << "read \"" << text->text << "\"\n";
    }

    const auto page = or_exit(templates.list({.status = sent::v2::TemplateStatus::draft}));
    std::cout << page.total_count << " drafts:\n";
    for (const auto& draft : page.items) {
        std::cout << "  " << draft.id << "  " << draft.display_name << '\n';
    }

    if (const auto removed = templates.remove(created.id); !removed) {
        std::cerr << removed.error() << '\n';
        return 1;
    }
    std::cout << "removed " << created.id << '\n';
}
