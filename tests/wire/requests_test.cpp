#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "wire/golden.hpp"
#include "wire/request_cases.hpp"
#include "wire/sample_template.hpp"

namespace {

using sent::Client;
using wire::Requests;
using Case = wire::RequestCase;

template <class Request>
Request send_to_contact() {
    Request request;
    request.contact_id = wire::contact_id;
    request.template_id = wire::template_id;
    return request;
}

template <class Request>
Request send_to_phone() {
    Request request;
    request.phone_number = wire::phone_number;
    request.template_id = wire::template_id;
    return request;
}

template <class Request>
Request with_variables(Request request) {
    request.template_variables = {{"first_name", "Mira"}, {"slot", "14:30"}};
    return request;
}

template <class Request>
Request with_everything(Request request) {
    request.message_body = {{"first_name", "Mira"}, {"slot", "14:30"}};
    request.webhook_url = "https://hooks.example.org/sent";
    return request;
}

template <class Request>
Request with_camel_variables(Request request) {
    request.template_variables = {{"firstName", "Mira"}, {"slot", "14:30"}};
    return request;
}

std::vector<Case> v1_cases() {
    using ToContact = sent::v1::SendToContactRequest;
    using ToPhone = sent::v1::SendToPhoneRequest;
    sent::v1::ListContactsRequest list;
    list.page = 3;
    list.page_size = 50;
    return {
        {"v1/messages.send_to_contact.minimal",
         [](const Client& c) { (void)c.v1().messages().send_to_contact(send_to_contact<ToContact>()); }},
        {"v1/messages.send_to_contact.full",
         [](const Client& c) {
             (void)c.v1().messages().send_to_contact(with_everything(send_to_contact<ToContact>()));
         }},
        {"v1/messages.send_to_contact.template_variables",
         [](const Client& c) {
             (void)c.v1().messages().send_to_contact(with_variables(send_to_contact<ToContact>()));
         }},
        {"v1/messages.send_to_phone.minimal",
         [](const Client& c) { (void)c.v1().messages().send_to_phone(send_to_phone<ToPhone>()); }},
        {"v1/messages.send_to_phone.full",
         [](const Client& c) {
             (void)c.v1().messages().send_to_phone(with_everything(send_to_phone<ToPhone>()));
         }},
        {"v1/messages.send_to_phone.template_variables",
         [](const Client& c) {
             (void)c.v1().messages().send_to_phone(with_variables(send_to_phone<ToPhone>()));
         }},
        {"v1/contacts.list.minimal", [](const Client& c) { (void)c.v1().contacts().list(); }},
        {"v1/contacts.list.full", [list](const Client& c) { (void)c.v1().contacts().list(list); }},
        {"v1/contacts.get.minimal", [](const Client& c) { (void)c.v1().contacts().get(wire::contact_id); }},
        {"v1/contacts.get_by_phone.minimal",
         [](const Client& c) { (void)c.v1().contacts().get_by_phone(wire::phone_number); }},
        {"v1/templates.list.minimal", [](const Client& c) { (void)c.v1().templates().list(); }},
        {"v1/templates.get.minimal",
         [](const Client& c) { (void)c.v1().templates().get(wire::template_id); }},
    };
}

std::vector<Case> v2_message_cases() {
    using ToContact = sent::v2::SendToContactRequest;
    using ToPhone = sent::v2::SendToPhoneRequest;
    sent::v2::SendQuickMessageRequest quick;
    quick.phone_number = wire::phone_number;
    quick.custom_message = "Your parcel is at the desk.";
    return {
        {"v2/messages.send_to_contact.minimal",
         [](const Client& c) { (void)c.v2().messages().send_to_contact(send_to_contact<ToContact>()); }},
        {"v2/messages.send_to_contact.full",
         [](const Client& c) {
             (void)c.v2().messages().send_to_contact(with_camel_variables(send_to_contact<ToContact>()));
         }},
        {"v2/messages.send_to_phone.minimal",
         [](const Client& c) { (void)c.v2().messages().send_to_phone(send_to_phone<ToPhone>()); }},
        {"v2/messages.send_to_phone.full",
         [](const Client& c) {
             (void)c.v2().messages().send_to_phone(with_camel_variables(send_to_phone<ToPhone>()));
         }},
        {"v2/messages.send_quick_message.minimal",
         [quick](const Client& c) { (void)c.v2().messages().send_quick_message(quick); }},
        {"v2/messages.get.minimal", [](const Client& c) { (void)c.v2().messages().get(wire::message_id); }},
    };
}

std::vector<Case> v2_cases() {
    namespace v2 = sent::v2;
    v2::ListContactsRequest contacts;
    contacts.page = 3;
    contacts.page_size = 50;
    v2::ListTemplatesRequest templates;
    templates.page = 1;
    templates.page_size = 50;
    templates.search = "visit & more";
    templates.status = v2::TemplateStatus::approved;
    templates.category = v2::TemplateCategory::utility;
    v2::CreateTemplateRequest create;
    create.definition.body.multi_channel.emplace().text = "Your parcel is at the desk.";
    v2::CreateTemplateRequest create_full;
    create_full.category = v2::TemplateCategory::utility;
    create_full.language = "en_US";
    create_full.definition = wire::sample_definition();
    create_full.submit_for_review = true;
    return {
        {"v2/contacts.list.minimal", [](const Client& c) { (void)c.v2().contacts().list(); }},
        {"v2/contacts.list.full", [contacts](const Client& c) { (void)c.v2().contacts().list(contacts); }},
        {"v2/contacts.get.minimal", [](const Client& c) { (void)c.v2().contacts().get(wire::contact_id); }},
        {"v2/contacts.get_by_phone.minimal",
         [](const Client& c) { (void)c.v2().contacts().get_by_phone(wire::phone_number); }},
        {"v2/templates.list.minimal", [](const Client& c) { (void)c.v2().templates().list(); }},
        {"v2/templates.list.full",
         [templates](const Client& c) { (void)c.v2().templates().list(templates); }},
        {"v2/templates.get.minimal",
         [](const Client& c) { (void)c.v2().templates().get(wire::template_id); }},
        {"v2/templates.create.minimal",
         [create](const Client& c) { (void)c.v2().templates().create(create); }},
        {"v2/templates.create.full",
         [create_full](const Client& c) { (void)c.v2().templates().create(create_full); }},
        {"v2/templates.remove.minimal",
         [](const Client& c) { (void)c.v2().templates().remove(wire::template_id); }},
        {"v2/numbers.lookup.minimal",
         [](const Client& c) { (void)c.v2().numbers().lookup(wire::phone_number); }},
    };
}

TEST_P(Requests, AreSentAsDocumented) {
    const wire::Session session;

    GetParam().call(session.client);

    const auto requests = session.mock->requests();
    ASSERT_EQ(requests.size(), 1U);
    EXPECT_EQ(wire::render(requests[0]), wire::golden_text(GetParam().golden));
}

TEST_P(Requests, GoToTheService) {
    const wire::Session session;

    GetParam().call(session.client);

    const auto request = session.mock->requests().at(0);
    EXPECT_EQ(request.url, "https://api.sent.dm" + request.target());
    const auto agent = std::string{request.headers.get("User-Agent").value_or("")};
    EXPECT_EQ(agent.rfind("sent-cpp/" SENT_VERSION_STRING, 0), 0U) << agent;
}

INSTANTIATE_TEST_SUITE_P(V1, Requests, ::testing::ValuesIn(v1_cases()), wire::name_of_case);
INSTANTIATE_TEST_SUITE_P(V2Messages, Requests, ::testing::ValuesIn(v2_message_cases()), wire::name_of_case);
INSTANTIATE_TEST_SUITE_P(V2, Requests, ::testing::ValuesIn(v2_cases()), wire::name_of_case);

TEST(RequestPaths, AreTheSameFromEveryDriver) {
    const wire::Session session;
    const auto request = with_everything(send_to_contact<sent::v1::SendToContactRequest>());

    (void)session.client.call(request);
    (void)session.client.submit(request).get();
    (void)session.client.bulk(std::vector{request});

    const auto requests = session.mock->requests();
    ASSERT_EQ(requests.size(), 3U);
    for (const auto& sent_request : requests) {
        EXPECT_EQ(wire::render(sent_request), wire::golden_text("v1/messages.send_to_contact.full"));
    }
    EXPECT_FALSE(requests[0].asynchronous);
    EXPECT_TRUE(requests[1].asynchronous);
    EXPECT_TRUE(requests[2].asynchronous);
}

TEST(RequestPaths, FollowTheBaseUrl) {
    wire::Session session;
    auto options = session.make_options();
    options.base_url = "https://proxy.example.org:8443/sent/";
    const sent::Client client{options};

    (void)client.v2().messages().get(wire::message_id);

    EXPECT_EQ(session.mock->requests().at(0).url,
              std::string{"https://proxy.example.org:8443/sent/v2/messages/"} + wire::message_id);
}

TEST(RequestPaths, KeepIdsInOneSegment) {
    const wire::Session session;
    for (const char* id : {"a/b", "a?x=1", "a#b", "a b", "50%", "\xC3\xA9"}) {
        (void)session.client.v2().templates().remove(id);
    }

    std::vector<std::string> targets;
    for (const auto& request : session.mock->requests()) {
        targets.push_back(request.target());
    }
    EXPECT_EQ(targets, (std::vector<std::string>{"/v2/templates/a%2Fb", "/v2/templates/a%3Fx=1",
                                                 "/v2/templates/a%23b", "/v2/templates/a%20b",
                                                 "/v2/templates/50%25", "/v2/templates/%C3%A9"}));
}

TEST(RequestPaths, CanNotBeChangedByAnId) {
    const wire::Session session;
    for (const char* id : {"", ".", "..", "%2e%2e", ".%2E"}) {
        const auto done = session.client.v2().templates().remove(id);

        ASSERT_FALSE(done) << id;
        EXPECT_EQ(done.error().kind, sent::ErrorKind::invalid_request) << id;
        EXPECT_EQ(done.error().outcome, sent::Outcome::not_sent) << id;
    }
    EXPECT_EQ(session.mock->request_count(), 0U);
}

}  // namespace
