// Creates a template with header, footer and buttons, submits it for review, and reads how the review stands.
//
//   export SENT_DM_API_KEY=...
//   ./14_submit_template
#include <iostream>

#include <sent/sent.hpp>

int main() {
    const sent::Client client;

    sent::TemplateDefinition definition;
    // {{1:variable}} stands for the variable with id 1 of the same text.
    definition.header = sent::TemplateHeader{.text = "Order {{1:variable}}",
                                             .type = sent::HeaderType::text,
                                             .variables = {sent::text_variable(1, "order", "1001")}};
    definition.body.multi_channel =
        sent::TemplateBodyContent{.text = "Hello {{1:variable}}, your order is on its way.",
                                  .variables = {sent::text_variable(1, "name", "Ada")}};
    definition.footer = sent::TemplateFooter{.text = "Reply STOP to opt out", .type = "text"};
    definition.buttons = {
        {.id = 1,
         .type = sent::ButtonType::url,
         .props = {.text = "Track it", .url = "https://example.com/track", .url_type = "static"}},
        {.id = 2,
         .type = sent::ButtonType::quick_reply,
         .props = {.text = "Thanks", .quick_reply_type = "custom"}},
    };

    const auto created = client.templates().create({
        .definition = definition,
        .category = sent::TemplateCategory::utility,
        .language = "en_US",
    });
    if (!created) {
        std::cerr << created.error() << '\n';
        for (const auto& [field, problems] : created.error().details) {
            for (const auto& problem : problems) {
                std::cerr << "  " << field << ": " << problem << '\n';
            }
        }
        return 1;
    }
    std::cout << "created " << created->id << " (" << created->status << ")\n";

    const auto submitted = client.templates().update({
        .id = created->id,
        .name = "order_on_its_way",
        .submit_for_review = true,
    });
    if (!submitted) {
        std::cerr << submitted.error() << '\n';
        return 1;
    }
    std::cout << "submitted " << submitted->name << " (" << submitted->status << ")\n";

    // A review takes from minutes to days; a webhook tells when it ends. Until then sends end BLOCKED.
    const auto now = client.templates().get(created->id);
    if (!now) {
        std::cerr << now.error() << '\n';
        return 1;
    }
    std::cout << "the review says " << now->status << '\n';
}
