// Sends one message with the library; bench/size compares its size with that of size_bare.cpp.

#include <cstdio>

#include <sent/sent.hpp>

int main(int count, char** values) {
    if (count != 3) {
        return 2;
    }
    sent::ClientOptions options;
    options.base_url = values[1];
    sent::SendMessageRequest message;
    message.to = {values[2]};
    message.text = "Hello";
    const auto done = sent::Client{options}.messages().send(message);
    std::printf("%s\n", done ? done->recipients.front().message_id.value_or("").c_str()
                             : done.error().message.c_str());
    return done ? 0 : 1;
}
